import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { type TaskVerb, TRANSITIONS } from '@quarterdeck/contract/transitions';

/** What a verb carries beside the move itself; absent fields stay as they are. */
export type VerbChanges = Partial<
  Pick<
    Task,
    | 'result'
    | 'blockReason'
    | 'blockKind'
    | 'scheduledAt'
    | 'currentRunId'
    | 'claimLock'
    | 'claimExpiresAt'
    | 'isHeld'
    | 'retryAt'
    | 'failureCount'
    | 'lastFailure'
    | 'landing'
    | 'verdict'
    | 'reviewer'
  >
>;

const KEEPS_VERDICT: ReadonlySet<TaskVerb> = new Set<TaskVerb>([
  'claim',
  'release',
  'complete',
  'requestChanges',
  'block',
  'unblock',
  'archive',
]);

/** What was said of the work stays true until it goes back to the start, or is handed in again. */
function isVerdictKept(task: Task, verb: TaskVerb): boolean {
  const isHandedIn = verb === 'complete' && task.status === 'running';
  return KEEPS_VERDICT.has(verb) && !isHandedIn;
}

/** A run that reviews changes nothing about the work. */
function isWorkGoingOn(task: Task, verb: TaskVerb): boolean {
  return verb === 'requestChanges' || (verb === 'claim' && task.status !== 'review');
}

/**
 * Moves a task by one verb of the transition table, or refuses. Leaving `running` gives up the claim, leaving `blocked` forgets the
 * reason, entering `done` or `running` stamps the time, work that goes on forgets how its landing went, and work that is handed in
 * again forgets what was said of it before. Guards that need other rows (open parents) are the caller's.
 */
export function applyVerb(
  task: Task,
  verb: TaskVerb,
  move: { readonly now: number; readonly changes?: VerbChanges },
): Result<Task> {
  const transition = TRANSITIONS[verb];
  if (!transition.from.includes(task.status)) {
    return refuse('transition_refused', {
      taskId: task.id,
      from: task.status,
      to: transition.to,
      reason: `only ${transition.from.join(', ')} can`,
    });
  }
  const { to } = transition;
  return ok({
    ...task,
    status: to,
    updatedAt: move.now,
    currentRunId: null,
    claimLock: null,
    claimExpiresAt: null,
    isHeld: false,
    blockReason: null,
    blockKind: null,
    landing: isWorkGoingOn(task, verb) ? null : task.landing,
    verdict: isVerdictKept(task, verb) ? task.verdict : null,
    scheduledAt: to === 'scheduled' || to === 'todo' || to === 'triage' ? task.scheduledAt : null,
    startedAt: to === 'running' ? (task.startedAt ?? move.now) : task.startedAt,
    completedAt: to === 'done' ? move.now : to === 'archived' ? task.completedAt : null,
    ...move.changes,
  });
}
