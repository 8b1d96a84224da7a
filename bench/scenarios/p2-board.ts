import { join } from 'node:path';
import type { Board } from '@quarterdeck/contract/board';
import type { TaskStatus } from '@quarterdeck/contract/status';
import type { Link, Task } from '@quarterdeck/contract/task';
import { showBoard } from '@quarterdeck/core/board';
import { prepareExplainer } from '@quarterdeck/core/dispatch';
import { openStore, type Ports } from '@quarterdeck/store';
import { cpuTimeMs } from '../harness/cpu-time.ts';
import { numberText } from '../harness/print-table.ts';
import { startProgram } from '../harness/program.ts';
import type { Scenario } from '../harness/scenario.ts';
import { readyTask, seedBoard, seedLinks } from '../harness/seed-board.ts';
import { type Summary, summarize } from '../harness/statistics.ts';
import { withTempFolder } from '../harness/temp-folder.ts';
import { readReferenceBoard, seedReferenceBoard } from '../reference/board-of-the-seed.ts';

const STATUSES: readonly TaskStatus[] = [
  'triage',
  'todo',
  'ready',
  'review',
  'blocked',
  'done',
  'done',
  'done',
];
const COLD_TARGET_MS = 80;
const REPEATED_TARGET_MS = 1;
const REPEATED_TARGET_RATIO = 20;

interface Seeded {
  readonly tasks: readonly Task[];
  readonly links: readonly Link[];
}

/** The whole board as one answer: computed, sent, and asked for again when nothing has changed. */
export const scenario: Scenario = {
  id: 'P2',
  name: 'board',
  summary: 'a snapshot of a large board, cold and again, against the queries of the seed',
  async run(settings, say) {
    const times = settings.number('times', 20);
    const seeded = makeBoard(settings.number('tasks', 10_000), settings.number('links', 20_000));
    return withTempFolder('board', async (home) => {
      say('reference');
      const reference = measureReference(join(home, 'reference.db'), { seeded, times });
      say('in process');
      const direct = await measureDirect(join(home, 'quarterdeck.db'), { seeded, times });
      say('over HTTP');
      const http = await measureHttp(home, times);
      return report({ reference, direct, http });
    });
  },
};

/** Each link goes from an older task to a newer one, so that there is no cycle. Statuses say nothing about readiness here. */
function makeBoard(taskCount: number, linkCount: number): Seeded {
  const now = Date.now() - taskCount;
  const tasks = Array.from({ length: taskCount }, (_, number): Task => {
    const status = STATUSES[number % STATUSES.length] ?? 'done';
    const completedAt = status === 'done' ? now + number : null;
    return { ...readyTask(number, now), status, completedAt };
  });
  const links = new Map<string, Link>();
  for (let number = 0; links.size < linkCount; number += 1) {
    const child = 1 + ((number * 7919) % (taskCount - 1));
    const parent = (number * 104_729) % child;
    const [parentTask, childTask] = [tasks[parent], tasks[child]];
    if (!parentTask || !childTask) continue;
    links.set(`${parent} ${child}`, { parentId: parentTask.id, childId: childTask.id });
  }
  return { tasks, links: [...links.values()] };
}

interface Plan {
  readonly seeded: Seeded;
  readonly times: number;
}
interface Measured {
  readonly computed: Summary;
  readonly asJson: Summary;
  /** Processor time of one board, read and written, ms. */
  readonly usedMs: number;
  readonly links: ReadonlyMap<string, string>;
}

function measureReference(path: string, { seeded, times }: Plan): Measured {
  seedReferenceBoard(path, seeded);
  const computed: number[] = [];
  const asJson: number[] = [];
  const links = new Map<string, string>();
  let usedMs = 0;
  for (let time = 0; time < times; time += 1) {
    const [startedAt, usedBefore] = [performance.now(), cpuTimeMs()];
    const board = readReferenceBoard(path);
    computed.push(performance.now() - startedAt);
    JSON.stringify(board);
    asJson.push(performance.now() - startedAt);
    usedMs += cpuTimeMs() - usedBefore;
    for (const card of board.columns.flatMap((it) => it.tasks)) {
      links.set(card.id, `${card.link_counts.parents}/${card.link_counts.children}`);
    }
  }
  return { computed: summarize(computed), asJson: summarize(asJson), usedMs: usedMs / times, links };
}

async function measureDirect(url: string, { seeded, times }: Plan): Promise<Measured> {
  const store = await openStore({ url, onCommit: () => undefined });
  await seedBoard(store, { tasks: seeded.tasks, runners: 1 });
  await seedLinks(store, seeded.links);
  const clock = { now: () => Date.now() };
  const explainer = (ports: object) => prepareExplainer(ports as Ports, clock.now());
  const computed: number[] = [];
  const asJson: number[] = [];
  let links = new Map<string, string>();
  let usedMs = 0;
  for (let time = 0; time < times; time += 1) {
    const [startedAt, usedBefore] = [performance.now(), cpuTimeMs()];
    const board = await showBoard({ db: store, clock, explainer }, { includeArchived: false });
    computed.push(performance.now() - startedAt);
    JSON.stringify(board);
    asJson.push(performance.now() - startedAt);
    usedMs += cpuTimeMs() - usedBefore;
    if (board.ok) links = linkCounts(board.value);
  }
  await store.close();
  return { computed: summarize(computed), asJson: summarize(asJson), usedMs: usedMs / times, links };
}

function linkCounts(board: Board): Map<string, string> {
  const cards = board.columns.flatMap((column) => column.tasks);
  return new Map(cards.map(({ id, linkCounts: it }) => [id, `${it.parents}/${it.children}`]));
}

interface Http {
  readonly firstMs: number;
  readonly again: Summary;
  readonly unchanged: Summary;
  readonly bytes: number;
  readonly links: ReadonlyMap<string, string>;
}

async function measureHttp(home: string, times: number): Promise<Http> {
  const program = await startProgram(home, ['--no-demo', '--no-runner']);
  try {
    const ask = async (etag: string | null) => {
      const startedAt = performance.now();
      const headers: Record<string, string> = { Authorization: `Bearer ${program.ownerToken}` };
      if (etag !== null) headers['If-None-Match'] = etag;
      const reply = await fetch(`${program.url}/api/board`, { headers });
      const text = await reply.text();
      return {
        ms: performance.now() - startedAt,
        text,
        status: reply.status,
        etag: reply.headers.get('etag'),
      };
    };
    const first = await ask(null);
    const again: number[] = [];
    for (let time = 0; time < times; time += 1) again.push((await ask(null)).ms);
    const unchanged: number[] = [];
    // A board is shown for a few seconds only, so now and then the answer is a new one in full.
    for (let time = 0, etag = first.etag; time < 2 * times && etag !== null; time += 1) {
      const reply = await ask(etag);
      if (reply.status === 304) unchanged.push(reply.ms);
      etag = reply.etag;
    }
    return {
      firstMs: first.ms,
      again: summarize(again),
      unchanged: summarize(unchanged),
      bytes: first.text.length,
      links: linkCounts(JSON.parse(first.text) as Board),
    };
  } finally {
    await program.stop();
  }
}

function report(measured: { reference: Measured; direct: Measured; http: Http }) {
  const { reference, direct, http } = measured;
  const row = (name: string, it: Summary, usedMs: number | null = null) => [
    name,
    it.count,
    it.p50,
    it.min,
    it.max,
    usedMs,
  ];
  const repeated = http.unchanged.count > 0 ? http.unchanged.p50 : http.again.p50;
  const ratio = reference.asJson.p50 / repeated;
  return {
    tables: [
      {
        title: `ms for one snapshot (${numberText(http.bytes / 1024)} KB of JSON)`,
        columns: ['', 'times', 'p50', 'min', 'max', 'CPU, mean'],
        rows: [
          row('reference: read and counted', reference.computed),
          row('reference: and written as JSON', reference.asJson, reference.usedMs),
          row('Quarterdeck: read and counted', direct.computed),
          row('Quarterdeck: and written as JSON', direct.asJson, direct.usedMs),
          ['Quarterdeck over HTTP: first', 1, http.firstMs, null, null, null],
          row('Quarterdeck over HTTP: again', http.again),
          row('Quarterdeck over HTTP: 304 to a client that has it', http.unchanged),
        ],
      },
    ],
    verdicts: [
      {
        what: 'cold, computed and written, p50',
        target: `≤ ${COLD_TARGET_MS} ms`,
        seen: `${numberText(direct.asJson.p50)} ms`,
        isMet: direct.asJson.p50 <= COLD_TARGET_MS,
      },
      {
        what: 'unchanged board over HTTP, p50',
        target: `≤ ${REPEATED_TARGET_MS} ms`,
        seen: `${numberText(repeated)} ms`,
        isMet: repeated <= REPEATED_TARGET_MS,
      },
      {
        what: 'repeated read, faster than the reference (which is not charged for HTTP)',
        target: `≥ ${REPEATED_TARGET_RATIO}×`,
        seen: `${numberText(ratio)}×`,
        isMet: ratio >= REPEATED_TARGET_RATIO,
      },
    ],
    faults: {
      'wrong cards': wrongCards(reference.links, direct.links) + wrongCards(reference.links, http.links),
    },
  };
}

/** Cards that one board has and the other has not, or shows with other links. */
function wrongCards(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): number {
  const differing = [...left].filter(([id, counts]) => right.get(id) !== counts).length;
  return differing + [...right.keys()].filter((id) => !left.has(id)).length;
}
