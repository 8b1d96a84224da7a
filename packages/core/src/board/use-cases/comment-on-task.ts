import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Comment } from '@quarterdeck/contract/task';
import type { BoardDeps, BoardPorts } from '../ports.ts';

interface CommentOnTask {
  readonly taskId: string;
  readonly author: string;
  /** Who really wrote it, for the log; the author unless said. */
  readonly actor?: string;
  readonly body: string;
}

/** Adds a comment; blank text and unknown tasks are refused. */
export async function commentOnTask(
  deps: Pick<BoardDeps, 'db' | 'clock'>,
  input: CommentOnTask,
): Promise<Result<Comment>> {
  return deps.db.write((ports) => commentOnTaskIn(ports, { ...input, now: deps.clock.now() }));
}

/** The same inside a transaction the caller owns. */
export async function commentOnTaskIn(
  ports: Pick<BoardPorts, 'tasks' | 'comments' | 'events'>,
  input: CommentOnTask & { readonly now: number },
): Promise<Result<Comment>> {
  const { author, now } = input;
  const body = input.body.trim();
  if (body === '') return refuse('body_required');
  const task = await ports.tasks.find(input.taskId as TaskId);
  if (task === null) return refuse('task_not_found', { taskId: input.taskId });
  const comment = await ports.comments.insert({ taskId: task.id, author, body, createdAt: now });
  await ports.events.append(
    [
      {
        kind: 'task.commented',
        actor: input.actor ?? author,
        taskId: task.id,
        projectId: task.projectId,
        runId: null,
        payload: { comment },
      },
    ],
    now,
  );
  return ok(comment);
}
