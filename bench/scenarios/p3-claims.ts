import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore } from '@quarterdeck/store';
import { type ClaimFaults, checkClaims } from '../harness/check-claims.ts';
import { claimAll } from '../harness/claim-all.ts';
import { cpuTimeMs } from '../harness/cpu-time.ts';
import { withPostgres } from '../harness/postgres.ts';
import { numberText } from '../harness/print-table.ts';
import type { Scenario, Settings } from '../harness/scenario.ts';
import { readyTask, seedBoard } from '../harness/seed-board.ts';
import { startTogether } from '../harness/start-together.ts';
import { withTempFolder } from '../harness/temp-folder.ts';
import { checkReference, claimFromReference, seedReference } from '../reference/claim-one-by-one.ts';

const PROGRAMS = join(import.meta.dirname, '../programs');
const CLAIMERS = 8;
const SERVERS = 4;
/** What the dispatcher takes in one transaction. */
const DISPATCHER_BATCH = 200;
/** Small batches are measured on a part of the queue: their rate does not depend on how long one waits. */
const PART: Readonly<Record<number, number>> = { 1: 4_000, 8: 20_000 };

interface Measured {
  readonly what: string;
  readonly claimed: number;
  readonly perSecond: number;
  /** Per second of processor time, where one process does all the work. */
  readonly perCpuSecond: number | null;
  readonly faults: ClaimFaults;
}
type Say = (progress: string) => void;

/** Ready tasks claimed per second, with everything a claim writes: task, run, conversation, start order and log. */
export const scenario: Scenario = {
  id: 'P3',
  name: 'claims',
  summary:
    'claiming ready tasks: SQLite in one process, PostgreSQL from four, against one claim per transaction',
  async run(settings, say) {
    const count = settings.number('tasks', 100_000);
    const baseline = await withTempFolder('claims', (folder) => measureReference(folder, { count, say }));
    const sqlite = await withTempFolder('claims', (folder) =>
      measureSqlite(folder, { count, say, settings }),
    );
    const postgres = settings.has('no-postgres')
      ? []
      : await withTempFolder('claims', (folder) => measurePostgres(folder, { count, say, settings }));
    return report({ baseline, sqlite, postgres });
  },
};

async function measureReference(
  folder: string,
  { count, say }: { count: number; say: Say },
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const claimers of [1, CLAIMERS]) {
    say(`reference: ${count} tasks, ${claimers} processes, one claim per transaction`);
    const path = join(folder, `reference-${claimers}.db`);
    seedReference(path, count);
    const { claimed, tookMs, usedMs } =
      claimers === 1
        ? timed(() => claimFromReference(path, { claimer: 'only', limit: count }))
        : await startedTogether(
            join(PROGRAMS, 'claim-from-reference.ts'),
            Array.from({ length: claimers }, (_, number) => [path, `claimer ${number}`, String(count)]),
          );
    const { doubled, left } = checkReference(path);
    measured.push({
      what: `reference, ${claimers} ${claimers === 1 ? 'process' : 'processes'}, batch 1`,
      claimed,
      perSecond: (claimed / tookMs) * 1000,
      perCpuSecond: usedMs && (claimed / usedMs) * 1000,
      faults: { lost: left, doubled, 'out of order': 0 },
    });
  }
  return measured;
}

interface Timed {
  readonly claimed: number;
  readonly tookMs: number;
  /** Processor time; null when it was spent in other processes. */
  readonly usedMs: number | null;
}

function timed(work: () => number): Timed {
  const [startedAt, usedBefore] = [performance.now(), cpuTimeMs()];
  const claimed = work();
  return { claimed, tookMs: performance.now() - startedAt, usedMs: cpuTimeMs() - usedBefore };
}

async function startedTogether(...programs: Parameters<typeof startTogether>): Promise<Timed> {
  return { ...(await startTogether(...programs)), usedMs: null };
}

interface Plan {
  readonly count: number;
  readonly say: Say;
  readonly settings: Settings;
}

function batchesOf(settings: Settings): number[] {
  return settings.has('batch') ? [settings.number('batch', DISPATCHER_BATCH)] : [1, 8, DISPATCHER_BATCH];
}

async function measureSqlite(folder: string, { count, say, settings }: Plan): Promise<Measured[]> {
  const seeded = join(folder, 'seeded.db');
  await fill(seeded, count);
  const measured: Measured[] = [];
  for (const batch of batchesOf(settings)) {
    const url = join(folder, `batch-${batch}.db`);
    await copyFile(seeded, url);
    const store = await openStore({ url, onCommit: () => undefined });
    const limit = Math.min(count, PART[batch] ?? count);
    say(`SQLite: ${limit} of ${count} tasks, ${CLAIMERS} claimers, batches of ${batch}`);
    const [startedAt, usedBefore] = [performance.now(), cpuTimeMs()];
    const claimed = await claimAll(store, { claimers: CLAIMERS, batch, limit });
    measured.push({
      what: `SQLite, ${CLAIMERS} claimers, batch ${batch}`,
      claimed,
      perSecond: (claimed / (performance.now() - startedAt)) * 1000,
      perCpuSecond: (claimed / (cpuTimeMs() - usedBefore)) * 1000,
      faults: await checkClaims(store, claimed),
    });
    await store.close();
  }
  return measured;
}

async function measurePostgres(folder: string, { count, say, settings }: Plan): Promise<Measured[]> {
  return withPostgres(folder, async (postgres) => {
    const measured: Measured[] = [];
    for (const batch of batchesOf(settings)) {
      const limit = Math.min(count, PART[batch] ?? count);
      const name = `batch_${batch}`;
      const url = await postgres.createDatabase(name);
      await fill(url, count);
      await postgres.analyze(name);
      say(`PostgreSQL: ${limit} of ${count} tasks, ${SERVERS} processes, batches of ${batch}`);
      const share = String(Math.ceil(limit / SERVERS));
      const { claimed, tookMs } = await startTogether(
        join(PROGRAMS, 'claim-from-store.ts'),
        Array.from({ length: SERVERS }, () => [url, String(CLAIMERS / SERVERS), String(batch), share]),
      );
      const store = await openStore({ url, onCommit: () => undefined });
      const faults = await checkClaims(store, claimed);
      await store.close();
      const what = `PostgreSQL, ${SERVERS} processes, batch ${batch}`;
      measured.push({ what, claimed, perSecond: (claimed / tookMs) * 1000, perCpuSecond: null, faults });
    }
    return measured;
  });
}

async function fill(url: string, count: number): Promise<void> {
  const store = await openStore({ url, onCommit: () => undefined });
  const now = Date.now() - count;
  const tasks = Array.from({ length: count }, (_, number) => readyTask(number, now));
  await seedBoard(store, { tasks, runners: CLAIMERS });
  await store.close();
}

function report(measured: { baseline: Measured[]; sqlite: Measured[]; postgres: Measured[] }) {
  const { baseline, sqlite, postgres } = measured;
  const all = [...baseline, ...sqlite, ...postgres];
  const best = Math.max(...baseline.map((it) => it.perSecond));
  const sum = (kind: keyof ClaimFaults) => all.reduce((total, { faults }) => total + faults[kind], 0);
  return {
    tables: [
      {
        title: 'claims per second',
        columns: ['', 'claimed', 'claims/s', 'per CPU second', '× the best reference'],
        rows: all.map((it) => [it.what, it.claimed, it.perSecond, it.perCpuSecond, it.perSecond / best]),
      },
    ],
    verdicts: [...verdict('SQLite', sqlite, 10_000), ...verdict('PostgreSQL', postgres, 2_000)],
    faults: { lost: sum('lost'), doubled: sum('doubled'), 'out of order': sum('out of order') },
  };
}

function verdict(database: string, measured: readonly Measured[], target: number) {
  const best = measured.at(-1);
  if (!best) return [];
  const what = `${database}, in batches of ${DISPATCHER_BATCH} as the dispatcher claims`;
  return [
    {
      what,
      target: `≥ ${numberText(target)}/s`,
      seen: `${numberText(best.perSecond)}/s`,
      isMet: best.perSecond >= target,
    },
  ];
}
