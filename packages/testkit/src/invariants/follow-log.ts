import type { Event, EventKind } from '@quarterdeck/contract/event';
import type { Run } from '@quarterdeck/contract/run';
import type { RunOutcome, RunStatus } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { type TaskVerb, TRANSITIONS } from '@quarterdeck/contract/transitions';

const VERB_OF: Readonly<Partial<Record<EventKind, TaskVerb>>> = {
  'task.promoted': 'promote',
  'task.demoted': 'demote',
  'task.claimed': 'claim',
  'task.released': 'release',
  'task.completed': 'complete',
  'task.review_requested': 'requestReview',
  'task.changes_requested': 'requestChanges',
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

/** Where the end of a run leads its task, if the run still owns it; what is missing here is a failure. */
const ENDS: Readonly<Partial<Record<RunOutcome, readonly EventKind[]>>> = {
  completed: ['task.completed', 'task.review_requested'],
  review_requested: ['task.review_requested'],
  blocked: ['task.blocked'],
  stopped: ['task.demoted'],
};
/** Work that is not whole in a commit is never done: whoever builds on it would build on less than there is. */
const END_UNKEPT: readonly EventKind[] = ['task.blocked'];
const HANDED_IN: readonly (RunOutcome | null)[] = ['completed', 'review_requested'];
/** Where the end of a run that reviewed leads its task; what is missing leaves it in review. */
const ENDS_OF_REVIEWS: typeof ENDS = { changes_requested: ['task.changes_requested', 'task.demoted'] };
const AFTER_FAILURE: readonly EventKind[] = ['task.released', 'task.demoted', 'task.blocked'];

const LIVE: readonly RunStatus[] = ['claimed', 'starting', 'working', 'finishing', 'stopping'];
const UNFINISHED: readonly RunStatus[] = ['claimed', 'starting', 'working'];
/** What a run may be before each fact of its life. */
const RUN_BEFORE: Readonly<Partial<Record<EventKind, readonly RunStatus[]>>> = {
  'run.starting': ['claimed', 'stopping'],
  'run.started': LIVE,
  'run.reported': UNFINISHED,
  'run.stopping': LIVE,
  'run.ended': LIVE,
  'run.kept': ['ended'],
};

/** What a reader of the event log knows, and the faults it has seen on the way. */
export interface LogReader {
  readonly tasks: Map<string, Task>;
  readonly runs: Map<string, Run>;
  /** `parent child`, as links stand. */
  readonly links: Set<string>;
  readonly comments: Map<string, number>;
  readonly pendingProposals: Set<string>;
  /** Tasks whose run has ended and that were not moved on yet, with how it ended. */
  readonly owed: Map<string, Pick<Run, 'purpose' | 'unkept'> & { readonly outcome: RunOutcome }>;
  readonly faults: string[];
  cursor: number;
}

/** A reader that has seen nothing yet. */
export function createLogReader(): LogReader {
  return {
    tasks: new Map(),
    runs: new Map(),
    links: new Set(),
    comments: new Map(),
    pendingProposals: new Set(),
    owed: new Map(),
    faults: [],
    cursor: 0,
  };
}

/** Takes in an event and notes what no reader may ever see: a gap, a move outside the table, a second run, a wrong end. */
export function followLog(reader: LogReader, event: Event): void {
  if (event.seq !== reader.cursor + 1) reader.faults.push(`seq ${event.seq} follows ${reader.cursor}`);
  reader.cursor = event.seq;
  if ('run' in event.payload) followRun(reader, event, event.payload.run);
  if ('task' in event.payload) followTask(reader, event, event.payload.task);
  followRest(reader, event);
}

function followRest({ links, comments, pendingProposals }: LogReader, event: Event): void {
  if (event.kind === 'task.linked') links.add(`${event.payload.parentId} ${event.payload.childId}`);
  if (event.kind === 'task.unlinked') links.delete(`${event.payload.parentId} ${event.payload.childId}`);
  if (event.kind === 'task.commented') {
    const { taskId } = event.payload.comment;
    comments.set(taskId, (comments.get(taskId) ?? 0) + 1);
  }
  if (event.kind === 'proposal.raised' && event.payload.proposal.status === 'pending')
    pendingProposals.add(event.payload.proposal.id);
  if (event.kind === 'proposal.ruled' || event.kind === 'proposal.withdrawn')
    pendingProposals.delete(event.payload.proposal.id);
}

function followRun(reader: LogReader, { kind }: Event, run: Run): void {
  const { runs, faults, owed, tasks } = reader;
  const before = runs.get(run.id)?.status;
  if (kind === 'run.claimed') {
    const rival = [...runs.values()].find((it) => it.taskId === run.taskId && it.status !== 'ended');
    if (rival) faults.push(`${run.id} was claimed while ${rival.id} of ${run.taskId} lived`);
    if (before !== undefined) faults.push(`${run.id} was claimed twice`);
  } else if (before === undefined || !RUN_BEFORE[kind]?.includes(before)) {
    faults.push(`${kind} of ${run.id}, which was ${before}`);
  }
  runs.set(run.id, run);
  const isOwner = tasks.get(run.taskId)?.currentRunId === run.id;
  if (kind === 'run.ended' && isOwner && run.outcome !== null)
    owed.set(run.taskId, { purpose: run.purpose, unkept: run.unkept, outcome: run.outcome });
}

function followTask(reader: LogReader, event: Event, task: Task): void {
  const before = reader.tasks.get(task.id)?.status;
  const verb = VERB_OF[event.kind];
  if (verb && 'from' in event.payload) {
    const said = String(event.payload.from);
    if (before !== said) reader.faults.push(`${event.kind} says ${said}, it was ${before}`);
    const wasUnkept = reader.tasks.get(task.id)?.blockKind === 'unkept';
    reader.faults.push(
      ...judgeMove(event, { verb, from: said, task, wasUnkept }),
      ...judgeEnd(reader, event, task),
      ...judgeKept(reader, event, task),
    );
  } else if (before !== undefined && before !== task.status) {
    reader.faults.push(`${event.kind} moved ${before} to ${task.status}`);
  }
  reader.tasks.set(task.id, task);
}

function judgeMove(
  { kind, actor }: Event,
  move: { readonly verb: TaskVerb; readonly from: string; readonly task: Task; readonly wasUnkept: boolean },
): string[] {
  const { from, to } = TRANSITIONS[move.verb];
  const { id, status, isHeld } = move.task;
  const isOfRun = actor === 'dispatcher' && (MOVES_OF_RUNS.has(kind) || isHeld);
  return [
    ...(from.some((it) => it === move.from) ? [] : [`${kind} from ${move.from}`]),
    ...(status === to ? [] : [`${kind} leads to ${status}`]),
    ...(isOfRun && move.from !== 'running' && !move.wasUnkept
      ? [`a run without ${id} made it ${status}`]
      : []),
  ];
}

function judgeEnd({ owed }: LogReader, { kind }: Event, task: Task): string[] {
  const end = owed.get(task.id);
  if (end === undefined) return [];
  owed.delete(task.id);
  const { purpose, outcome } = end;
  const right = rightEnds(end);
  return right.includes(kind)
    ? []
    : [`a run of ${task.id} for ${purpose} ended ${outcome}, and its task got ${kind}`];
}

function rightEnds({ purpose, unkept, outcome }: Pick<Run, 'purpose' | 'unkept'> & { outcome: RunOutcome }) {
  if (purpose === 'review') return ENDS_OF_REVIEWS[outcome] ?? ['task.review_requested'];
  if (unkept !== null && HANDED_IN.includes(outcome)) return END_UNKEPT;
  return ENDS[outcome] ?? AFTER_FAILURE;
}

/** Only a person's own move takes a task as done, or to review, while its last attempt has work in no commit. */
function judgeKept({ runs }: LogReader, { kind, actor }: Event, task: Task): string[] {
  if (kind !== 'task.completed' && kind !== 'task.review_requested') return [];
  if (actor !== 'dispatcher' && actor !== 'keeper') return [];
  const works = [...runs.values()].filter((run) => run.taskId === task.id && run.purpose === 'work');
  const last = works.toSorted((one, other) => one.attempt - other.attempt).at(-1);
  const isOfReview = [...runs.values()].some(
    (run) => run.taskId === task.id && run.purpose === 'review' && run.attempt > (last?.attempt ?? 0),
  );
  return last?.unkept && !isOfReview
    ? [`${actor} made ${task.id} ${task.status} though work of ${last.id} is in no commit`]
    : [];
}
