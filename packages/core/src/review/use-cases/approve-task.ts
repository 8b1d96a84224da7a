import type { TaskId } from '@quarterdeck/contract/ids';
import type { ApproveInput } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { moveTask } from '../../board/index.ts';
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
    const task = await findReviewed(ports, taskId, approval);
    if (!task.ok) return task;
    const move = { verb: 'complete', actor, byPerson: true, now: deps.clock.now() } as const;
    const verdict = verdictOf(actor, 'approved', { summary: '', at: move.now });
    return moveTask(ports, { ...move, task: task.value, changes: { verdict } });
  });
}

async function findReviewed(
  ports: ReviewPorts,
  taskId: string,
  { runId }: Pick<ApproveInput, 'runId'>,
): Promise<Result<Task>> {
  const task = await ports.tasks.find(taskId as TaskId);
  if (task === null) return refuse('task_not_found', { taskId });
  if (task.status !== 'review') {
    const reason = 'only work in review can be approved';
    return refuse('transition_refused', { taskId, from: task.status, to: 'done', reason });
  }
  const newest = (await ports.runs.ofTask(task.id)).findLast((run) => run.purpose === 'work');
  return runId && newest && newest.id !== runId ? refuse('review_outdated', { taskId }) : ok(task);
}
