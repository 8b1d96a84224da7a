import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TaskCard } from '@quarterdeck/contract/task';
import { startPostgres } from '@quarterdeck/testkit/store/start-postgres';
import { describe, expect, it } from 'vitest';
import { cardsOf } from '../program/board-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';
import { startBusyPerson } from './busy-person.ts';
import { isAlive } from './find-processes.ts';
import { leftBehind, workFaults } from './last-look.ts';
import { seededRandom } from './seeded-random.ts';
import { createStriker } from './strike.ts';
import { callWitness } from './witness.ts';
import { markedProfile, openWorkLoad, RUNS_AT_ONCE } from './work-load.ts';

const ASKED = Number(process.env['QUARTERDECK_R1_ROUNDS'] ?? 0);
const ROUNDS = { sqlite: ASKED || 50, postgres: ASKED || 10 };
const SEED = Number(process.env['QUARTERDECK_R1_SEED'] ?? Math.floor(Math.random() * 1_000_000));
/** A round falls somewhere in the life of the runs at work, which is a few seconds long. */
const LONGEST_PAUSE_MS = 1_200;
const PATIENCE_MS = { start: 60_000, round: 20_000, work: 3_000, drain: 120_000 };

async function openScene(kind: keyof typeof ROUNDS) {
  const database = kind === 'postgres' ? await (await startPostgres()).takeDatabase() : null;
  const marks = await mkdtemp(join(tmpdir(), 'qd-marks-'));
  const env: Record<string, string> = { QUARTERDECK_RUNNER_CAPACITY: String(RUNS_AT_ONCE) };
  if (database) env['QUARTERDECK_DATABASE_URL'] = database.url;
  const program = await startProgram({ args: ['--no-demo'], env, profiles: [markedProfile(marks)] });
  return {
    program,
    marks,
    databaseUrl: database?.url ?? join(program.home, 'quarterdeck.db'),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await rm(marks, { recursive: true });
      await database?.giveBack();
    },
  };
}

function untilAllAreDone({ client }: Program): Promise<TaskCard[]> {
  let open: unknown[] = [];
  const look = async () => {
    const cards = await cardsOf(client);
    open = cards.filter(({ status }) => status !== 'done');
    return open.length === 0 && cards;
  };
  const explain = () => JSON.stringify(open, null, 1);
  return waitUntil('all tasks to end', look, { timeoutMs: PATIENCE_MS.drain, everyMs: 200, explain });
}

/** A blow that meets nobody shows nothing; but when all wait for a back-off it falls all the same. */
async function untilSomeoneWorks({ client }: Program): Promise<void> {
  const until = Date.now() + PATIENCE_MS.work;
  while (Date.now() < until) {
    if ((await cardsOf(client)).some((card) => card.run !== null)) return;
    await wait(50);
  }
}

async function isThere({ url }: Program): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
}

const middle = (times: readonly number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
const report = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(', ');

describe.each(['sqlite', 'postgres'] as const)('R1 killed at any point, on %s', (kind) => {
  const timeout = PATIENCE_MS.start + ROUNDS[kind] * PATIENCE_MS.round + PATIENCE_MS.drain;

  it(`keeps its promises for ${ROUNDS[kind]} rounds (seed ${SEED})`, { timeout }, async () => {
    await using scene = await openScene(kind);
    const { program } = scene;
    const random = seededRandom(SEED);
    const load = await openWorkLoad(program, { path: join(program.home, 'repository'), random });
    const witness = callWitness(scene);
    const striker = createStriker(program.home, random);
    await using person = startBusyPerson(program, seededRandom(SEED + 1));
    const blows = new Map<string, number>();
    const awayMs: number[] = [];

    for (let round = 1; round <= ROUNDS[kind]; round += 1) {
      await load.topUp(await cardsOf(program.client));
      await untilSomeoneWorks(program);
      await wait(random.between(0, LONGEST_PAUSE_MS));
      const struckAt = Date.now();
      witness.tally.strike(struckAt, person.landings());
      const { blow, runIds, isSupervisorDead, leaving } = await striker.strike();
      for (const runId of runIds) witness.struck.add(runId);
      blows.set(blow, (blows.get(blow) ?? 0) + 1);
      if (isSupervisorDead) await program.restart();
      await waitUntil('the old programs to leave', () => !leaving.some(isAlive));
      await waitUntil('the server', () => isThere(program), { everyMs: 20 });
      if (/server|supervisor|machine/.test(blow)) awayMs.push(Date.now() - struckAt);
      expect(await witness.testify(), `round ${round}: ${blow} ${runIds} (seed ${SEED})`).toEqual([]);
    }

    const cards = await untilAllAreDone(program);
    expect(await witness.testify(), `at the end (seed ${SEED})`).toEqual([]);
    expect(await workFaults(load.repository, cards)).toEqual([]);
    await expect.poll(() => leftBehind(program.home), { timeout: 10_000 }).toEqual([]);
    const { tally, reader } = witness;
    console.log(
      `R1 ${kind}, seed ${SEED}: ${ROUNDS[kind]} rounds, ${cards.length} tasks, ${reader.runs.size} runs, 0 violations. ` +
        `Killed: ${report(blows)}. Runs at these steps meanwhile: ${report(tally.counts())}. ` +
        `The server was away ${middle(awayMs)} ms, ${Math.max(...awayMs)} ms at most.`,
    );
  });
});
