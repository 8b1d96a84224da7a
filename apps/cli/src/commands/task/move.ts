import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import type { TaskPatch } from '@quarterdeck/contract/task';
import { print } from '../../command/context.ts';
import { defineCommand, text } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { parseTime } from '../../lookup/parse-time.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskMove = defineCommand({
  summary: 'Move a task to another column',
  arguments: {
    task: { about: 'id, or its beginning' },
    status: { about: TASK_STATUSES.join(', ') },
  },
  options: {
    reason: text('<text>', 'why it is blocked, or the result of what is done'),
    at: text('<time>', 'when a scheduled task starts: +2h, 18:30 or 2026-05-01T09:00'),
  },
  examples: [
    'quarterdeck task move t_77aa ready',
    'quarterdeck task move t_77aa blocked --reason "waits for the new API key"',
    'quarterdeck task move t_77aa scheduled --at 18:30',
  ],
  async run(context, { args, options }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const reason = reasonField(args.status, options.reason);
    if (!reason.ok) return reason;
    const at = options.at === undefined ? ok(null) : parseTime(options.at, context.terminal.now());
    if (!at.ok) return at;
    const body: TaskPatch = {
      status: args.status,
      ...reason.value,
      ...(at.value !== null && { scheduledAt: at.value }),
    };
    const reply = await context.client.call('task.update', { params: { taskId: taskId.value }, body });
    return reply.ok ? print(context, reply.value, () => taskLine(context, reply.value.task)) : reply;
  },
});

function reasonField(status: string, reason: string | undefined): Result<TaskPatch> {
  if (reason === undefined) return ok({});
  if (status === 'blocked') return ok({ blockReason: reason });
  if (status === 'done' || status === 'review') return ok({ result: reason });
  return refuse('invalid_input', {
    reason: `a reason is kept for blocked, review and done, not for ${status}. Say it in a comment: quarterdeck task comment`,
  });
}
