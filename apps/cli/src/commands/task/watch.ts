import { ok, type Result } from '@quarterdeck/contract/result';
import type { TaskStatus } from '@quarterdeck/contract/status';
import type { TaskDetail } from '@quarterdeck/contract/task';
import type { Context, Outcome } from '../../command/context.ts';
import { defineCommand, flag } from '../../command/define-command.ts';
import { untilInterrupted } from '../../command/terminal.ts';
import { findTask, newestRun } from '../../lookup/find-task.ts';
import { oneLine } from '../../output/plain-text.ts';
import { isGoodOutcome } from '../../output/status-mark.ts';
import { awaitRun, type ClaimedRun } from '../../watching/await-run.ts';
import { watchRun } from '../../watching/watch-run.ts';

const INTERRUPTED = 130;
/** In these a task gets a run by itself or is about to, so there is something to wait for. */
const COMING: readonly TaskStatus[] = ['todo', 'scheduled', 'ready', 'running'];

export const taskWatch = defineCommand({
  summary: "Watch a task's agent at work, until its run ends",
  detail: [
    'A task that is not running yet is waited for; of a finished one the last run is shown.',
    'The exit code is 0 when the run did its work, 1 when it ended otherwise, 130 after Ctrl-C.',
    'With --json it prints the stream frames "item" and "delta", and at the end {"type":"end","run":…}.',
  ].join('\n'),
  arguments: { task: { about: 'id, or its beginning' } },
  options: { follow: flag('go on with the next run when there is one, until Ctrl-C') },
  examples: ['quarterdeck task watch t_77aa', 'quarterdeck task watch t_77aa --follow'],
  async run(context, { args, options }) {
    const detail = await findTask(context.client, args.task);
    if (!detail.ok) return detail;
    return untilInterrupted(context.terminal, (signal) =>
      watch(context, detail.value, { isFollowing: options.follow, signal }),
    );
  },
});

interface Watch {
  readonly isFollowing: boolean;
  readonly signal: AbortSignal;
}

async function watch(context: Context, detail: TaskDetail, { isFollowing, signal }: Watch): Promise<Outcome> {
  const taskId = detail.task.id;
  let next = await startingRun(context, detail, { isFollowing, signal });
  while (next.ok && next.value && next.value !== 'closed') {
    const ended = await watchRun(context, next.value.run, { since: next.value.seq, signal });
    if (!ended.ok) return ended;
    if (!ended.value) break;
    if (!isFollowing) return isGoodOutcome(ended.value.run.outcome) ? 0 : 1;
    sayWaiting(context, taskId, '');
    next = await awaitRun(context, { taskId, since: ended.value.seq, signal, endsWhenClosed: false });
  }
  if (!next.ok || next.value !== 'closed') return next.ok ? INTERRUPTED : next;
  context.terminal.stderr.write(`${taskId} was finished without a run.\n`);
  return 0;
}

async function startingRun(
  context: Context,
  { task, runs, waiting, seq }: TaskDetail,
  { isFollowing, signal }: Watch,
): Promise<Result<ClaimedRun | 'closed' | null>> {
  const live = runs.find((run) => run.status !== 'ended');
  // A held task is not given out before a person moves it on, which may be never.
  const isComing = COMING.includes(task.status) && !task.isHeld;
  const run = live ?? (isComing ? undefined : newestRun(runs));
  if (run) return ok({ run, seq });
  sayWaiting(context, task.id, waiting[0]?.message ?? '');
  return awaitRun(context, { taskId: task.id, since: seq, signal, endsWhenClosed: !isFollowing });
}

function sayWaiting({ terminal, isJson, paint }: Context, taskId: string, why: string): void {
  if (isJson) return;
  const because = why === '' ? '' : `: ${oneLine(why)}`;
  terminal.stderr.write(
    `${paint('faint', `Waiting for an agent to take ${taskId}${because}. Ctrl-C ends this.`)}\n`,
  );
}
