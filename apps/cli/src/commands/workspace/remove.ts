import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';

export const workspaceRemove = defineCommand({
  summary: "Take away a task's workspace, unless work in it would be lost",
  detail: 'The branch with the committed work stays.',
  arguments: { task: { about: 'id, or its beginning' } },
  examples: ['quarterdeck workspace remove t_77aa'],
  async run(context, { args }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const reply = await context.client.call('workspace.remove', { params: { taskId: taskId.value } });
    return reply.ok ? print(context, reply.value, () => `Removed the workspace of ${taskId.value}.`) : reply;
  },
});
