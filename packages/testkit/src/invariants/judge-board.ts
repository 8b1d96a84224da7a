import type { Run } from '@quarterdeck/contract/run';
import { SATISFIED_STATUSES } from '@quarterdeck/contract/status';
import type { Link, Task } from '@quarterdeck/contract/task';
import type { DispatchPorts } from '@quarterdeck/core/dispatch';
import type { RunRecord } from '@quarterdeck/core/runs';
import type { LogReader } from './follow-log.ts';

/** A board as it is stored at one moment. */
export interface BoardState {
  readonly tasks: readonly Task[];
  readonly links: readonly Link[];
  readonly comments: ReadonlyMap<string, number>;
  readonly live: readonly RunRecord[];
  readonly pending: readonly { readonly id: string; readonly runId: string }[];
  readonly commands: readonly { readonly runId: string; readonly command: { readonly kind: string } }[];
  readonly seq: number;
}

/** Reads the whole board; call it inside one transaction. */
export async function readBoardState(ports: DispatchPorts): Promise<BoardState> {
  const runners = await ports.runners.list();
  const commands = [];
  for (const { id } of runners) commands.push(...(await ports.commands.pendingFor(id)));
  return {
    tasks: await ports.tasks.list({ includeArchived: true }),
    links: await ports.links.all(),
    comments: await ports.comments.counts(),
    live: await ports.runs.live(),
    pending: await ports.proposals.list({ status: 'pending', limit: 1000 }),
    commands,
    seq: await ports.events.latestSeq(),
  };
}

/** Everything that must hold between any two operations, given a reader that has followed the log to its end; what does not, in words. */
export function judgeBoard(state: BoardState, reader: LogReader): string[] {
  return [
    ...reader.faults,
    ...(state.seq === reader.cursor ? [] : [`the log ends at ${state.seq}, its reader at ${reader.cursor}`]),
    ...[...reader.owed].map(
      ([taskId, { outcome }]) => `a run of ${taskId} ended ${outcome} and moved nothing`,
    ),
    ...locksAndRuns(state),
    ...waiting(state),
    ...cycles(state.links),
    ...leftovers(state),
    ...replay(state, reader),
  ];
}

function locksAndRuns({ tasks, live }: BoardState): string[] {
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
function waiting({ tasks, links }: BoardState): string[] {
  const byId = new Map(tasks.map((task) => [task.id as string, task]));
  const isOpen = (id: string) => !SATISFIED_STATUSES.includes(byId.get(id)?.status ?? 'todo');
  return tasks.flatMap((task) => {
    const open = links.filter((link) => link.childId === task.id && isOpen(link.parentId));
    if (task.status === 'ready' && open.length > 0) return [`${task.id} is ready before its parents`];
    const isForgotten = task.status === 'todo' && !task.isHeld && open.length === 0;
    return isForgotten ? [`${task.id} is in todo though nothing holds it back`] : [];
  });
}

function cycles(links: BoardState['links']): string[] {
  const isBelow = (from: string, to: string): boolean =>
    links.some((link) => link.parentId === from && (link.childId === to || isBelow(link.childId, to)));
  return links.some((link) => isBelow(link.childId, link.parentId)) ? ['the links close a cycle'] : [];
}

function leftovers({ live, pending, commands }: BoardState): string[] {
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

/** The same board, from the events alone. */
function replay(state: BoardState, reader: LogReader): string[] {
  const told = [...reader.runs.values()].filter((run) => run.status !== 'ended');
  const statusOf = (run: Pick<Run, 'id' | 'status'>) => `${run.id} ${run.status}`;
  return [
    ...state.tasks.flatMap((task) => differences(task, reader.tasks.get(task.id))),
    ...unequal(
      'tasks',
      [...reader.tasks.keys()],
      state.tasks.map((task) => task.id),
    ),
    ...unequal('runs', told.map(statusOf), state.live.map(statusOf)),
    ...unequal(
      'links',
      [...reader.links],
      state.links.map((link) => `${link.parentId} ${link.childId}`),
    ),
    ...unequal(
      'approvals',
      [...reader.pendingProposals],
      state.pending.map((it) => it.id),
    ),
    ...unequal('comments', [...reader.comments].map(String), [...state.comments].map(String)),
  ];
}

function unequal(what: string, told: readonly string[], stored: readonly string[]): string[] {
  const [left, right] = [new Set(told), new Set(stored)];
  const apart = [...told.filter((it) => !right.has(it)), ...stored.filter((it) => !left.has(it))];
  return apart.length === 0 ? [] : [`${what} of which the events and the rows disagree: ${apart.join(', ')}`];
}

/** Fields that change without a fact of their own: leases are renewed in silence, a branch is told by its run. */
const SILENT: readonly (keyof Task)[] = ['claimExpiresAt', 'branch'];

/** Fields in which a task differs from what the events say of it. */
export function differences(stored: Task, told: Task | undefined): string[] {
  if (!told) return [`no event tells of ${stored.id}`];
  return (Object.keys(told) as (keyof Task)[])
    .filter((field) => !SILENT.includes(field))
    .filter((field) => JSON.stringify(stored[field]) !== JSON.stringify(told[field]))
    .map(
      (field) =>
        `${stored.id}.${field} is ${JSON.stringify(stored[field])}, the events say ${JSON.stringify(told[field])}`,
    );
}
