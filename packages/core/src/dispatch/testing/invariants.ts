import type { Event, EventKind } from '@quarterdeck/contract/event';
import { SATISFIED_STATUSES } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { type TaskVerb, TRANSITIONS } from '@quarterdeck/contract/transitions';
import type { World } from './world.ts';

const VERB_OF: Readonly<Partial<Record<EventKind, TaskVerb>>> = {
  'task.promoted': 'promote',
  'task.demoted': 'demote',
  'task.claimed': 'claim',
  'task.released': 'release',
  'task.completed': 'complete',
  'task.review_requested': 'requestReview',
  'task.blocked': 'block',
  'task.unblocked': 'unblock',
  'task.scheduled': 'schedule',
  'task.triaged': 'triage',
  'task.specified': 'specify',
  'task.archived': 'archive',
  'task.reopened': 'reopen',
};

/** How the end of a run moves its task. A run that lost its task must not: then it would not come from running. */
const MOVES_OF_RUNS: ReadonlySet<EventKind> = new Set<EventKind>([
  'task.completed',
  'task.review_requested',
  'task.blocked',
  'task.released',
]);

/** What a reader of the event log knows, and the faults it has seen on the way. */
export interface Reader {
  readonly tasks: Map<string, Task>;
  readonly faults: string[];
  cursor: number;
}

export function createReader(): Reader {
  return { tasks: new Map(), faults: [], cursor: 0 };
}

/** Takes in an event and notes what no reader may ever see: a gap, or a move that the table does not know. */
function follow(reader: Reader, event: Event): void {
  if (event.seq !== reader.cursor + 1) reader.faults.push(`seq ${event.seq} follows ${reader.cursor}`);
  reader.cursor = event.seq;
  if (!('task' in event.payload)) return;
  const { task } = event.payload;
  const before = reader.tasks.get(task.id)?.status;
  const verb = VERB_OF[event.kind];
  if (verb && 'from' in event.payload) {
    const said = String(event.payload.from);
    if (before !== said) reader.faults.push(`${event.kind} says ${said}, it was ${before}`);
    reader.faults.push(...judgeMove(event, { verb, from: said, task }));
  } else if (before !== undefined && before !== task.status) {
    reader.faults.push(`${event.kind} moved ${before} to ${task.status}`);
  }
  reader.tasks.set(task.id, task);
}

function judgeMove(
  { kind, actor }: Event,
  move: { readonly verb: TaskVerb; readonly from: string; readonly task: Task },
): string[] {
  const { from, to } = TRANSITIONS[move.verb];
  const { id, status, isHeld } = move.task;
  const isOfRun = actor === 'dispatcher' && (MOVES_OF_RUNS.has(kind) || isHeld);
  return [
    ...(from.some((it) => it === move.from) ? [] : [`${kind} from ${move.from}`]),
    ...(status === to ? [] : [`${kind} leads to ${status}`]),
    ...(isOfRun && move.from !== 'running' ? [`a run without ${id} made it ${status}`] : []),
  ];
}

/** Everything that must hold between any two operations; what does not, in words. */
export async function findFaults(world: World, reader: Reader): Promise<string[]> {
  const { events } = world;
  for (const event of events.slice(reader.cursor)) follow(reader, event);
  const state = await world.db.read(async (ports) => ({
    tasks: await ports.tasks.list({ includeArchived: true }),
    links: await ports.links.all(),
    live: await ports.runs.live(),
    pending: await ports.proposals.list({ status: 'pending', limit: 1000 }),
    commands: await ports.commands.pendingFor('m_test' as never),
    seq: await ports.events.latestSeq(),
  }));
  return [
    ...reader.faults,
    ...(state.seq === reader.cursor ? [] : [`the log ends at ${state.seq}, its reader at ${reader.cursor}`]),
    ...locksAndRuns(state),
    ...waiting(state),
    ...cycles(state.links),
    ...leftovers(state),
    ...state.tasks.flatMap((task) => differences(task, reader.tasks.get(task.id))),
  ];
}

type Live = Awaited<ReturnType<World['run']>>;
interface State {
  readonly tasks: readonly Task[];
  readonly links: readonly { readonly parentId: string; readonly childId: string }[];
  readonly live: readonly Live[];
  readonly pending: readonly { readonly runId: string }[];
  readonly commands: readonly { readonly runId: string; readonly command: { readonly kind: string } }[];
}

function locksAndRuns({ tasks, live }: State): string[] {
  const faults: string[] = [];
  const runs = new Map(live.map((run) => [run.id as string, run]));
  if (new Set(live.map((run) => run.taskId)).size !== live.length) faults.push('a task has two live runs');
  for (const task of tasks) {
    const held = [task.currentRunId, task.claimLock, task.claimExpiresAt].filter((it) => it !== null).length;
    if (held !== (task.status === 'running' ? 3 : 0))
      faults.push(`${task.id} is ${task.status} with ${held} of 3`);
    if (task.currentRunId === null) continue;
    const run = runs.get(task.currentRunId);
    if (run?.taskId !== task.id) faults.push(`${task.id} is held by ${task.currentRunId}, which is over`);
  }
  const owned = new Set(tasks.map((task) => task.currentRunId));
  for (const run of live) {
    if (run.status !== 'stopping' && !owned.has(run.id)) faults.push(`${run.id} lost its task and goes on`);
  }
  return faults;
}

/** Nothing runs ahead of its parents, and nothing waits for parents that are done. */
function waiting({ tasks, links }: State): string[] {
  const byId = new Map(tasks.map((task) => [task.id as string, task]));
  const isOpen = (id: string) => !SATISFIED_STATUSES.includes(byId.get(id)?.status ?? 'todo');
  return tasks.flatMap((task) => {
    const open = links.filter((link) => link.childId === task.id && isOpen(link.parentId));
    if (task.status === 'ready' && open.length > 0) return [`${task.id} is ready before its parents`];
    const isForgotten = task.status === 'todo' && !task.isHeld && open.length === 0;
    return isForgotten ? [`${task.id} is in todo though nothing holds it back`] : [];
  });
}

function cycles(links: State['links']): string[] {
  const isBelow = (from: string, to: string): boolean =>
    links.some((link) => link.parentId === from && (link.childId === to || isBelow(link.childId, to)));
  return links.some((link) => isBelow(link.childId, link.parentId)) ? ['the links close a cycle'] : [];
}

function leftovers({ live, pending, commands }: State): string[] {
  const isLive = new Set<string>(live.map((run) => run.id));
  return [
    ...pending
      .filter((it) => !isLive.has(it.runId))
      .map((it) => `an approval waits for ${it.runId}, which is over`),
    ...commands
      .filter((it) => !isLive.has(it.runId) && it.command.kind !== 'clean')
      .map((it) => `${it.command.kind} is on its way to ${it.runId}, which is over`),
  ];
}

/** Fields that change without a fact of their own: leases are renewed in silence, a branch is told by its run. */
const SILENT: readonly (keyof Task)[] = ['claimExpiresAt', 'branch'];

function differences(stored: Task, told: Task | undefined): string[] {
  if (!told) return [`no event tells of ${stored.id}`];
  return (Object.keys(stored) as (keyof Task)[])
    .filter((field) => !SILENT.includes(field) && stored[field] !== told[field])
    .map((field) => `${stored.id}.${field} is ${stored[field]}, the events say ${told[field]}`);
}
