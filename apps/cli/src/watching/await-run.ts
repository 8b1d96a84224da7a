import type { Result } from '@quarterdeck/contract/result';
import type { Run } from '@quarterdeck/contract/run';
import type { Context } from '../command/context.ts';
import { followStream } from '../server/follow-stream.ts';

interface AwaitRun {
  readonly taskId: string;
  readonly since: number;
  readonly signal: AbortSignal;
}

/** A run that was just given out, and the cursor of that event. */
export interface ClaimedRun {
  readonly run: Run;
  readonly seq: number;
}

/** Waits until a task is given to an agent; null when the signal aborts first. */
export function awaitRun(
  context: Context,
  { taskId, since, signal }: AwaitRun,
): Promise<Result<ClaimedRun | null>> {
  return followStream(context, { since, signal }, async (frame) => {
    if (frame.type === 'truncated') return findRun(context, taskId, frame.cursor);
    if (frame.type !== 'event' || frame.event.kind !== 'run.claimed') return null;
    const { run } = frame.event.payload;
    return run.taskId === taskId ? { run, seq: frame.event.seq } : null;
  });
}

async function findRun({ client }: Context, taskId: string, seq: number): Promise<ClaimedRun | null> {
  const detail = await client.call('task.show', { params: { taskId } });
  const run = detail.ok ? detail.value.runs.find((each) => each.status !== 'ended') : undefined;
  return run ? { run, seq } : null;
}
