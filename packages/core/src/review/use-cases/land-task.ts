import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import type { LandInput, Landing } from '@quarterdeck/contract/landing';
import { repositoryPath } from '@quarterdeck/contract/project';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { moveTask } from '../../board/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { checkLanding } from '../domain/check-landing.ts';
import { verdictOf } from '../domain/verdict-of.ts';
import type { LandingSite, LandOrder, ReviewDeps } from '../ports.ts';

interface LandTask {
  readonly taskId: string;
  readonly landing: LandInput;
  readonly actor: string;
  /** Whether work that has landed is thereby approved. */
  readonly approves?: boolean;
}

const BY_BRANCH = 'Ask the agent to bring its branch up to date, or merge it by hand';
const WAY_OUT: Readonly<Record<Landing['strategy'], string>> = {
  ...{ merge: BY_BRANCH, squash: BY_BRANCH, 'fast-forward': BY_BRANCH },
  copy: 'Ask for changes: the next attempt takes up what is in the folder now',
};

type LandDeps = ReviewDeps & { readonly site: LandingSite };

/**
 * Brings the work of a task into the base branch and records how that went. A conflict or a refusal of git is kept on the task and
 * is the answer too.
 */
export async function landTask(deps: LandDeps, input: LandTask): Promise<Result<Task>> {
  const plan = await planLanding(deps, input);
  if (!plan.ok) return plan;
  const { attempt, order } = plan.value;
  const result = await deps.site.land(attempt.runnerId, order);
  if (!result.ok) return result;
  const { isOutdated, ...outcome } = result.value;
  if (isOutdated) return refuse('review_outdated', { taskId: input.taskId, reason: clause(outcome.message) });
  const landing: Landing = {
    ...outcome,
    base: outcome.base ?? order.base,
    head: outcome.head ?? order.head,
    runId: attempt.id as RunId,
    at: deps.clock.now(),
    by: input.actor,
  };
  const recorded = await record(deps, input, landing);
  if (!recorded.ok || landing.status === 'landed') return recorded;
  const { into, files, message } = landing;
  const taskId = input.taskId;
  return landing.status === 'conflict'
    ? refuse('landing_conflict', { taskId, into, files: files.join(', '), next: WAY_OUT[landing.strategy] })
    : refuse('landing_refused', { taskId, reason: message });
}

async function planLanding(
  deps: ReviewDeps,
  { taskId, landing }: LandTask,
): Promise<Result<{ attempt: RunRecord; order: LandOrder }>> {
  return deps.db.read(async (ports) => {
    const task = await ports.tasks.find(taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId });
    const project = await ports.projects.find(task.projectId);
    if (project === null) return refuse('project_not_found', { projectId: task.projectId });
    const runs = await ports.runs.ofTask(task.id);
    const checked = checkLanding({ task, runs, seen: landing });
    if (!checked.ok) return checked;
    const attempt = checked.value.attempt as RunRecord;
    const order: LandOrder = {
      kind: 'land',
      runId: attempt.id,
      taskId: task.id,
      title: task.title,
      projectId: project.id,
      projectPath: repositoryPath(project),
      baseBranch: project.baseBranch,
      workspaceKind: task.workspaceKind,
      workspacePath: attempt.workspacePath,
      branch: checked.value.branch,
      // Only git can work the base out again.
      base: landing.base ?? (task.workspaceKind === 'copy' ? attempt.baseCommit : null),
      startedFrom: attempt.baseCommit,
      head: landing.head ?? attempt.headCommit,
      strategy: landing.strategy,
      message: landing.message ?? null,
    };
    return ok({ attempt, order });
  });
}

/** The task may have moved meanwhile; that its work has landed is true wherever it is now. */
async function record(deps: ReviewDeps, input: LandTask, landing: Landing): Promise<Result<Task>> {
  return deps.db.write(async (transaction) => {
    const ports = { ...transaction, ids: deps.ids };
    const { at: now, by: actor } = landing;
    const task = await ports.tasks.find(input.taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId: input.taskId });
    const after: Task = { ...task, landing, updatedAt: now };
    await ports.tasks.save(after);
    const kind = landing.status === 'landed' ? 'task.landed' : 'task.landing_failed';
    const subject = { actor, taskId: task.id, projectId: task.projectId, runId: landing.runId };
    await ports.events.append([{ ...subject, kind, payload: { task: after, landing } }], now);
    const isApproved = input.approves === true && landing.status === 'landed' && task.status === 'review';
    if (!isApproved) return ok(after);
    const changes = { verdict: verdictOf(actor, 'approved', { summary: '', head: landing.head, at: now }) };
    return moveTask(ports, { task: after, verb: 'complete', actor, byPerson: true, changes, now });
  });
}

/** A sentence as a part of another. */
function clause(sentence: string): string {
  const text = sentence.trim().replace(/\.$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
