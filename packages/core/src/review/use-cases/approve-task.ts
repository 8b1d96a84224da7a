import type { TaskId } from '@quarterdeck/contract/ids';
import type { ApproveInput } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { moveTask } from '../../board/index.ts';
import { whyOutdated } from '../domain/check-landing.ts';
import { verdictOf } from '../domain/verdict-of.ts';
import type { LandingSite, ReviewDeps, ReviewPorts } from '../ports.ts';
import { landTask } from './land-task.ts';

interface ApproveTask {
  readonly taskId: string;
  readonly approval: ApproveInput;
  readonly actor: string;
}

/** Approves work under review: the task is done, after its work has landed when a strategy is given. */
export async function approveTask(
  deps: ReviewDeps & { readonly site: LandingSite },
  input: ApproveTask,
): Promise<Result<Task>> {
  const { taskId, approval, actor } = input;
  const { land, ...seen } = approval;
  const reviewed = await deps.db.read((ports) => findReviewed(ports, taskId, approval));
  if (!reviewed.ok) return reviewed;
  if (land) return landTask(deps, { taskId, landing: { ...seen, strategy: land }, actor, approves: true });
  return deps.db.write(async (transaction) => {
    const ports = { ...transaction, ids: deps.ids };
    const found = await findReviewed(ports, taskId, approval);
    if (!found.ok) return found;
    const { task, head } = found.value;
    const move = { verb: 'complete', actor, byPerson: true, now: deps.clock.now() } as const;
    const verdict = verdictOf(actor, 'approved', { summary: '', head, at: move.now });
    return moveTask(ports, { ...move, task, changes: { verdict } });
  });
}

async function findReviewed(
  ports: ReviewPorts,
  taskId: string,
  seen: Pick<ApproveInput, 'runId' | 'head'>,
): Promise<Result<{ readonly task: Task; readonly head: string | null }>> {
  const task = await ports.tasks.find(taskId as TaskId);
  if (task === null) return refuse('task_not_found', { taskId });
  if (task.status !== 'review') {
    const reason = 'only work in review can be approved';
    return refuse('transition_refused', { taskId, from: task.status, to: 'done', reason });
  }
  const newest = (await ports.runs.ofTask(task.id)).findLast((run) => run.purpose === 'work');
  const outdated = newest ? whyOutdated(newest, seen, null) : null;
  if (outdated !== null) return refuse('review_outdated', { taskId, reason: outdated });
  return ok({ task, head: newest?.headCommit ?? null });
}
