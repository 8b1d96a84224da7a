import type { TaskId } from '@quarterdeck/contract/ids';
import type { ChangesInput } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import type { Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { commentOnTaskIn, moveTask } from '../../board/index.ts';
import { writeRemarks } from '../domain/write-remarks.ts';
import type { ReviewDeps } from '../ports.ts';

interface RequestChanges {
  readonly taskId: string;
  readonly remarks: ChangesInput;
  readonly actor: string;
}

/** Sends work under review, or done and not landed, back to its agent: it is ready at once and the remarks are a comment. */
export async function requestChanges(deps: ReviewDeps, input: RequestChanges): Promise<Result<Task>> {
  const { remarks, actor } = input;
  return deps.db.write(async (transaction) => {
    const ports = { ...transaction, ids: deps.ids };
    const now = deps.clock.now();
    const task = await ports.tasks.find(input.taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId: input.taskId });
    if (remarks.summary.trim() === '' && remarks.comments.length === 0) return refuse('changes_empty');
    if (task.landing?.status === 'landed')
      return refuse('task_landed', { taskId: task.id, into: task.landing.into });
    const freshStart = { failureCount: 0, retryAt: null, lastFailure: null };
    const moved = await moveTask(ports, {
      task,
      verb: 'requestChanges',
      actor,
      byPerson: true,
      remarks,
      changes: freshStart,
      now,
    });
    if (!moved.ok) return moved;
    const said = await commentOnTaskIn(ports, {
      taskId: task.id,
      author: actor,
      body: writeRemarks(remarks),
      now,
    });
    return said.ok ? moved : said;
  });
}
