import type { ApproveInput } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { ReviewVerdict } from '@quarterdeck/contract/review';
import type { Run } from '@quarterdeck/contract/run';
import type { Task } from '@quarterdeck/contract/task';

type Attempt = Pick<
  Run,
  'id' | 'purpose' | 'status' | 'runnerId' | 'workspacePath' | 'headCommit' | 'unkept'
>;

/** What was looked at; empty when nobody says. */
type Seen = Pick<ApproveInput, 'runId' | 'head'>;

interface LandingFacts {
  readonly task: Pick<Task, 'id' | 'status' | 'workspaceKind' | 'branch' | 'verdict'>;
  /** First to last. */
  readonly runs: readonly Attempt[];
  readonly seen: Seen;
}

/** Whether the work of a task can be landed now: the branch and the attempt that made it, or why not. */
export function checkLanding(
  facts: LandingFacts,
): Result<{ readonly branch: string; readonly attempt: Attempt }> {
  const { task, runs, seen } = facts;
  const no = (reason: string) => refuse('landing_refused', { taskId: task.id, reason });
  if (task.status !== 'review' && task.status !== 'done')
    return no(`it is ${task.status}, and only work in review or done can be landed`);
  const unlandable = whyUnlandable(task.workspaceKind, runs);
  if (unlandable !== null) return no(unlandable);
  const attempt = runs.findLast((run) => run.purpose === 'work');
  if (attempt === undefined || (task.branch === null && task.workspaceKind === 'worktree'))
    return no('no agent has worked on it, so there is nothing to land');
  if (runs.some((run) => run.status !== 'ended'))
    return no('its agent is still being stopped. Try again in a moment');
  if (task.workspaceKind === 'copy' && attempt.headCommit === null && attempt.unkept === null)
    return no('its agent left nothing that was kept');
  if (attempt.unkept !== null && attempt.headCommit === null)
    return no(
      `its work is in no commit yet. Keep it first: "quarterdeck task keep ${task.id}"; the task says what is in the way`,
    );
  const outdated = whyOutdated(attempt, seen, task.verdict);
  return outdated === null
    ? ok({ branch: task.branch ?? '', attempt })
    : refuse('review_outdated', { taskId: task.id, reason: outdated });
}

/** In place there is nothing to bring anywhere, and a folder of a task's own belongs to no project. */
function whyUnlandable(kind: Task['workspaceKind'], runs: readonly Attempt[]): string | null {
  const where = runs.findLast((run) => run.purpose === 'work')?.workspacePath ?? null;
  if (kind === 'dir')
    return `it was worked on in place${where === null ? '' : `, in ${where}`}, so its changes are there already`;
  if (kind === 'scratch')
    return `it was worked on in an empty folder of its own, which belongs to no repository or folder${where === null ? '' : `. Take what you need from ${where}`}`;
  return null;
}

/**
 * Why what was seen, or approved before, is not what would land now; null when it is. Who did not look relies on the approval, so
 * that commits which came after it never land unseen.
 */
export function whyOutdated(
  { id, headCommit }: Pick<Attempt, 'id' | 'headCommit'>,
  seen: Seen,
  verdict: Pick<ReviewVerdict, 'decision' | 'head'> | null,
): string | null {
  if (seen.runId && seen.runId !== id) return 'a newer attempt has been handed in since';
  if (headCommit === null) return null;
  if (seen.head) return seen.head === headCommit ? null : 'its work is at another commit now';
  // A verdict of an earlier version names no commit.
  const approved = verdict?.decision === 'approved' ? (verdict.head ?? null) : null;
  return approved === null || approved === headCommit ? null : 'its work has changed since it was approved';
}
