import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '@quarterdeck/contract/event';
import type { Task, TaskCard } from '@quarterdeck/contract/task';
import { openStore, type Ports } from '@quarterdeck/store';
import { createLogReader, followLog, type LogReader } from '@quarterdeck/testkit/invariants/follow-log';
import {
  type BoardState,
  differences,
  judgeBoard,
  readBoardState,
} from '@quarterdeck/testkit/invariants/judge-board';
import { change } from '@quarterdeck/testkit/store/change';
import type { Program } from '../program/start-program.ts';
import { askAgain } from './ask-again.ts';
import { ONCE } from './busy-person.ts';
import { findOwnProcesses } from './find-processes.ts';
import { storyFaults } from './run-story.ts';
import { createStepTally, type StepTally } from './step-tally.ts';

/** Outcomes that need a death of the host or the agent. */
const DEATHS: readonly (string | null)[] = [
  'crashed',
  'start_failed',
  'start_timed_out',
  'timed_out',
  'lost',
];

/** Sees everything a kill must not break. */
export interface Witness {
  readonly reader: LogReader;
  /** Runs whose host or agent was killed. */
  readonly struck: Set<string>;
  readonly tally: StepTally;
  /** What does not hold at this moment, in words. */
  testify(): Promise<string[]>;
}

interface Scene {
  readonly program: Program;
  /** The database as the server opens it. */
  readonly databaseUrl: string;
  readonly marks: string;
}

export function callWitness(scene: Scene): Witness {
  const reader = createLogReader();
  const struck = new Set<string>();
  const heard = new Set<string>();
  const tally = createStepTally();
  const words: string[] = [];
  return {
    reader,
    struck,
    tally,
    async testify() {
      const board = await readCards(scene.program);
      const before = reader.cursor;
      const { events, state } = await readDatabase(scene.databaseUrl, before);
      for (const event of events) {
        tally.note(event);
        words.push(...wordsOf(event));
      }
      const shown = followTo(reader, events, board.seq);
      const faults = [
        ...(board.seq < before ? [`the board went back to ${board.seq} after ${before}`] : []),
        ...judgeBoard(state, reader),
        ...board.cards.flatMap((card) => unlikeAny(card, shown.get(card.id) ?? [])),
        ...(await rivals(scene.program.home, reader)),
        ...complaints(scene.marks),
        ...saidTwice(words),
      ];
      for (const run of reader.runs.values()) {
        if (run.status !== 'ended' || heard.has(run.id)) continue;
        heard.add(run.id);
        if (DEATHS.includes(run.outcome) && !struck.has(run.id))
          faults.push(`${run.id} ended ${run.outcome} though nobody killed it: ${run.error}`);
        faults.push(...(await storyFaults(scene.program.client, run)));
      }
      return faults;
    },
  };
}

async function readCards({ client }: Program): Promise<{ cards: TaskCard[]; seq: number }> {
  const board = await askAgain(() => client.call('board.show', { query: { includeArchived: 'true' } }));
  if (!board.ok) throw new Error(board.refusal.message);
  const { columns, latestEventId: seq } = board.value;
  return { cards: columns.flatMap((column) => column.tasks), seq };
}

/** The board and what is new in the log, of one moment. The database is let go again: a killed server finds it as it left it. */
async function readDatabase(
  url: string,
  since: number,
): Promise<{ readonly events: readonly Event[]; readonly state: BoardState }> {
  const store = await openStore({ url, onCommit: () => undefined });
  const look = async (ports: Ports) => ({
    state: await readBoardState(ports),
    events: await ports.events.since(since, 100_000),
  });
  try {
    // On SQLite only a transaction sees one moment when another process writes.
    return await (url.startsWith('postgres') ? store.read(look) : change(store, look));
  } finally {
    await store.close();
  }
}

/** Follows the events; every state a task had from the moment of `seq` on. A board may be younger than it says, never older. */
function followTo(reader: LogReader, events: readonly Event[], seq: number): Map<string, Task[]> {
  const states = new Map<string, Task[]>();
  for (const event of events.filter((it) => it.seq <= seq)) followLog(reader, event);
  for (const [id, task] of reader.tasks) states.set(id, [task]);
  for (const event of events.filter((it) => it.seq > seq)) {
    followLog(reader, event);
    if ('task' in event.payload) {
      const { task } = event.payload;
      states.set(task.id, [...(states.get(task.id) ?? []), task]);
    }
  }
  return states;
}

function unlikeAny(card: TaskCard, states: readonly Task[]): string[] {
  const faults = states.map((state) => differences(card, state));
  return faults.some((it) => it.length === 0)
    ? []
    : [`on the board ${faults[0]?.join(', ') ?? `${card.id} is new`}`];
}

/** Two agents at work on one task, as the machine sees them. */
async function rivals(home: string, { runs }: LogReader): Promise<string[]> {
  const agents = (await findOwnProcesses(home)).filter((it) => it.kind === 'agent');
  const ofTask = Map.groupBy(agents, ({ runId }) => runs.get(runId ?? '')?.taskId ?? runId);
  const crowded = [...ofTask].filter(([, group]) => group.length > 1);
  return crowded.map(
    ([taskId, group]) => `${taskId} has agents ${group.map(({ pid }) => pid).join(' and ')}`,
  );
}

function complaints(marks: string): string[] {
  const path = join(marks, 'complaints.txt');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

/** What somebody said once only, in a new task or a comment. */
function wordsOf({ kind, payload }: Event): string[] {
  const text =
    kind === 'task.created' ? payload.task.title : kind === 'task.commented' ? payload.comment.body : '';
  return text.startsWith(ONCE) ? [text] : [];
}

function saidTwice(words: readonly string[]): string[] {
  const again = words.filter((text, index) => words.indexOf(text) !== index);
  return again.map((text) => `"${text}" is there twice`);
}
