import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { type Context, print } from '../../command/context.ts';
import { defineCommand, flag } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { diffSummary, diffText } from '../../output/diff-text.ts';
import { diffNotes } from '../../output/kept-text.ts';

export const taskDiff = defineCommand({
  summary: 'Show what a task changed, as it would land',
  detail:
    'In a pipe it prints the bare patch, so that git apply can read it. While an agent works it shows its folder; afterwards what was committed.',
  arguments: { task: { about: 'id, or its beginning' } },
  options: { own: flag('without the work of tasks it builds on') },
  examples: ['quarterdeck task diff t_77aa', 'quarterdeck task diff t_77aa | git apply'],
  async run(context, { args, options }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const call = { params: { taskId: taskId.value }, query: options.own ? { own: 'true' } : {} };
    const reply = await context.client.call('task.diff', call);
    if (!reply.ok) return reply;
    if (context.isJson) return print(context, reply.value, () => '');
    show(context, reply.value);
    const { stderr } = context.terminal;
    for (const note of diffNotes(reply.value, taskId.value, options.own)) stderr.write(`${note}\n`);
    if (context.terminal.stdout.isTTY && !options.own) stderr.write(howToLand(reply.value, taskId.value));
    return 0;
  },
});

function show({ terminal, paint }: Context, diff: WorkspaceDiff): void {
  const { stdout, stderr } = terminal;
  if (diff.patch === '') stderr.write('Nothing has changed.\n');
  else if (stdout.isTTY)
    stdout.write(`${diffText(paint, diff.patch.trimEnd())}\n\n${diffSummary(paint, diff)}\n`);
  else stdout.write(diff.patch);
  if (diff.isCut && !stdout.isTTY) stderr.write('The patch was cut at 4 MiB and cannot be applied.\n');
}

/** Only what is committed can be landed as it was shown. */
function howToLand({ base, head, hasUncommitted }: WorkspaceDiff, taskId: string): string {
  if (base === null || head === null || base === head || hasUncommitted) return '';
  return `To land exactly this: quarterdeck task land ${taskId} --seen ${base}..${head}\n`;
}
