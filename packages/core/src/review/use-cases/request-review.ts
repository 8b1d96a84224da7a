import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { ReviewRequest } from '@quarterdeck/contract/review';
import type { Task } from '@quarterdeck/contract/task';
import { FRESH_REVIEW, moveTask } from '../../board/index.ts';
import type { ReviewDeps } from '../ports.ts';

interface RequestReview {
  readonly taskId: string;
  readonly request: ReviewRequest;
  readonly actor: string;
}

/**
 * Asks for a review: brings the task into review where the table allows it. One that is there gets a fresh review, and what was said
 * of its work before is forgotten. Without a name its own reviewer is asked, an empty name leaves it to any person.
 */
export async function requestReview(deps: ReviewDeps, input: RequestReview): Promise<Result<Task>> {
  const { request, actor } = input;
  return deps.db.write(async (transaction) => {
    const ports = { ...transaction, ids: deps.ids };
    const now = deps.clock.now();
    const task = await ports.tasks.find(input.taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId: input.taskId });
    const reviewer = (request.reviewer?.trim() ?? task.reviewer) || null;
    const changes = { ...FRESH_REVIEW, reviewer, result: request.summary?.trim() || task.result };
    if (task.status !== 'review')
      return moveTask(ports, { task, verb: 'requestReview', actor, byPerson: true, changes, now });
    const after: Task = { ...task, ...changes, updatedAt: now };
    await ports.tasks.save(after);
    const { projectId } = task;
    const payload = { task: after, fields: ['reviewer', 'verdict'] };
    await ports.events.append(
      [{ kind: 'task.edited', actor, taskId: task.id, projectId, runId: null, payload }],
      now,
    );
    return ok(after);
  });
}
