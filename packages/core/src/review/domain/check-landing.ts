import type { Project } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Run } from '@quarterdeck/contract/run';
import type { Task } from '@quarterdeck/contract/task';

type Attempt = Pick<Run, 'id' | 'purpose' | 'status' | 'runnerId' | 'workspacePath'>;

interface LandingFacts {
  readonly task: Pick<Task, 'id' | 'status' | 'workspaceKind' | 'branch'>;
  readonly project: Pick<Project, 'kind'>;
  /** First to last. */
  readonly runs: readonly Attempt[];
  /** The attempt the reviewer looked at; null when they did not say. */
  readonly seenRunId: string | null;
}

/** Whether the work of a task can be landed now: the branch and the attempt that made it, or why not. */
export function checkLanding(
  facts: LandingFacts,
): Result<{ readonly branch: string; readonly attempt: Attempt }> {
  const { task, project, runs, seenRunId } = facts;
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
  if (seenRunId !== null && seenRunId !== attempt.id) return refuse('review_outdated', { taskId: task.id });
  return ok({ branch: task.branch, attempt });
}
