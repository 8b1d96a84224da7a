import type { Result } from '@quarterdeck/contract/result';
import type { Run } from '@quarterdeck/contract/run';
import type { Context } from '../command/context.ts';
import { followStream } from '../server/follow-stream.ts';

interface AwaitRun {
  readonly taskId: string;
  readonly since: number;
  readonly signal: AbortSignal;
  /** Whether to stop waiting when a person finishes or archives the task. */
  readonly endsWhenClosed: boolean;
}

/** A run that was just given out, and the cursor of that event. */
export interface ClaimedRun {
  readonly run: Run;
  readonly seq: number;
}

/** Waits until a task is given to an agent; `closed` when it no longer needs one, null when the signal aborts first. */
export function awaitRun(context: Context, waiting: AwaitRun): Promise<Result<ClaimedRun | 'closed' | null>> {
  const { taskId, since, signal, endsWhenClosed } = waiting;
  return followStream<ClaimedRun | 'closed'>(context, { since, signal }, async (frame) => {
    if (frame.type === 'truncated') return findRun(context, taskId, frame.cursor);
    if (frame.type !== 'event' || frame.event.taskId !== taskId) return null;
    const { event } = frame;
    if (event.kind === 'run.claimed') return { run: event.payload.run, seq: event.seq };
    const isClosed = event.kind === 'task.completed' || event.kind === 'task.archived';
    return isClosed && endsWhenClosed ? 'closed' : null;
  });
}

async function findRun({ client }: Context, taskId: string, seq: number): Promise<ClaimedRun | null> {
  const detail = await client.call('task.show', { params: { taskId } });
  const run = detail.ok ? detail.value.runs.find((each) => each.status !== 'ended') : undefined;
  return run ? { run, seq } : null;
}
