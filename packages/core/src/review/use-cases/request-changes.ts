import type { TaskId } from '@quarterdeck/contract/ids';
import type { ChangesInput } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import type { Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { commentOnTaskIn, moveTask } from '../../board/index.ts';
import { verdictOf } from '../domain/verdict-of.ts';
import { writeRemarks } from '../domain/write-remarks.ts';
import type { ReviewDeps, ReviewPorts } from '../ports.ts';

interface RequestChanges {
  readonly taskId: string;
  readonly remarks: ChangesInput;
  readonly actor: string;
}

/** Sends work under review by a person or an agent, or done and not landed, back to its agent: it is ready at once and the remarks are a comment. */
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
    if (!(await isReviewable(ports, task))) {
      const reason = 'its agent is at work on it';
      return refuse('transition_refused', { taskId: task.id, from: task.status, to: 'ready', reason });
    }
    const verdict = verdictOf(actor, 'changes_requested', {
      summary: remarks.summary.trim(),
      head: await headOf(ports, task),
      at: now,
    });
    const freshStart = { failureCount: 0, retryAt: null, lastFailure: null, verdict };
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

/** Work that an agent is reviewing can be sent back too; work that is being done cannot. */
async function isReviewable({ runs }: ReviewPorts, task: Task): Promise<boolean> {
  if (task.currentRunId === null) return true;
  return (await runs.find(task.currentRunId))?.purpose === 'review';
}

/** The commit that was handed in last. */
async function headOf({ runs }: ReviewPorts, task: Task): Promise<string | null> {
  return (await runs.ofTask(task.id)).findLast((run) => run.purpose === 'work')?.headCommit ?? null;
}
