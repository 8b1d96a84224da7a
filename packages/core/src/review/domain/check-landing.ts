import type { ApproveInput } from '@quarterdeck/contract/landing';
import type { Project } from '@quarterdeck/contract/project';
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
  readonly project: Pick<Project, 'kind'>;
  /** First to last. */
  readonly runs: readonly Attempt[];
  readonly seen: Seen;
}

/** Whether the work of a task can be landed now: the branch and the attempt that made it, or why not. */
export function checkLanding(
  facts: LandingFacts,
): Result<{ readonly branch: string; readonly attempt: Attempt }> {
  const { task, project, runs, seen } = facts;
  const no = (reason: string) => refuse('landing_refused', { taskId: task.id, reason });
  if (task.status !== 'review' && task.status !== 'done')
    return no(`it is ${task.status}, and only work in review or done can be landed`);
  if (project.kind !== 'git')
    return no('its project is a folder without git, so its changes are there already');
  if (task.workspaceKind !== 'worktree')
    return no(`it was worked on in a ${task.workspaceKind} folder, which has no branch of its own`);
  const attempt = runs.findLast((run) => run.purpose === 'work');
  if (task.branch === null || attempt === undefined)
    return no('no agent has worked on it, so it has no branch');
  if (runs.some((run) => run.status !== 'ended'))
    return no('its agent is still being stopped. Try again in a moment');
  if (attempt.unkept !== null && attempt.headCommit === null)
    return no(
      `its work is in no commit yet. Keep it first: "quarterdeck task keep ${task.id}"; the task says what is in the way`,
    );
  const outdated = whyOutdated(attempt, seen, task.verdict);
  return outdated === null
    ? ok({ branch: task.branch, attempt })
    : refuse('review_outdated', { taskId: task.id, reason: outdated });
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
