import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { diffSummary, diffText } from '../../output/diff-text.ts';

export const taskDiff = defineCommand({
  summary: "Show what a task's workspace changed",
  detail: 'In a pipe it prints the bare patch, so that git apply can read it.',
  arguments: { task: { about: 'id, or its beginning' } },
  examples: ['quarterdeck task diff t_77aa', 'quarterdeck task diff t_77aa | git apply'],
  async run(context, { args }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const reply = await context.client.call('task.diff', { params: { taskId: taskId.value } });
    if (!reply.ok) return reply;
    const diff = reply.value;
    if (context.isJson) return print(context, diff, () => '');
    const { stdout, stderr } = context.terminal;
    if (diff.patch === '') stderr.write('Nothing has changed.\n');
    else if (stdout.isTTY)
      stdout.write(
        `${diffText(context.paint, diff.patch.trimEnd())}\n\n${diffSummary(context.paint, diff)}\n`,
      );
    else stdout.write(diff.patch);
    if (diff.isCut && !stdout.isTTY) stderr.write('The patch was cut at 4 MiB and cannot be applied.\n');
    return 0;
  },
});
