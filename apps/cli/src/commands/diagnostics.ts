import { ok } from '@quarterdeck/contract/result';
import { print } from '../command/context.ts';
import { defineCommand, text } from '../command/define-command.ts';
import { findTaskId } from '../lookup/find-task.ts';
import { diagnosticTable } from '../output/diagnostic-text.ts';

export const diagnostics = defineCommand({
  summary: 'Say what is wrong with tasks, since when, and what to type',
  detail:
    'A ready task is stranded after 30 minutes, a run silent after 10 (after two hours while a tool of it runs), an approval waits too long after 15; blocked tasks and reviews after a day. The exit code is 0 also when something is wrong; with --json look at the length of "diagnostics".',
  options: { task: text('<id>', 'only what is wrong with this task') },
  examples: ['quarterdeck diagnostics', 'quarterdeck diagnostics --task t_77aa --json'],
  async run(context, { options }) {
    const task = options.task === undefined ? ok(undefined) : await findTaskId(context.client, options.task);
    if (!task.ok) return task;
    const reply = await context.client.call('diagnostic.list', { query: { task: task.value } });
    if (!reply.ok) return reply;
    const found = reply.value.diagnostics;
    return print(context, reply.value, () =>
      found.length > 0 ? diagnosticTable(context, found) : 'Nothing needs attention.',
    );
  },
});
