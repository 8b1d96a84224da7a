import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTask } from '../../lookup/find-task.ts';
import { attachmentLines } from '../../output/attachment-text.ts';

export const taskAttachments = defineCommand({
  summary: 'List the files of a task',
  arguments: { task: { about: 'id, or its beginning' } },
  examples: ['quarterdeck task attachments t_77aa'],
  async run(context, { args }) {
    const detail = await findTask(context.client, args.task);
    if (!detail.ok) return detail;
    const { task, attachments } = detail.value;
    const nothing = `${task.id} has no attachments. Attach one: quarterdeck task attach ${task.id} <file>.`;
    return print(context, { attachments }, () =>
      attachments.length > 0 ? attachmentLines(context, attachments) : nothing,
    );
  },
});
