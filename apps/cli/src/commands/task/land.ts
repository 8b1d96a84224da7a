import { LANDING_STRATEGIES } from '@quarterdeck/contract/landing';
import { print } from '../../command/context.ts';
import { choice, defineCommand, text } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { readSeen } from '../../lookup/seen-span.ts';
import { landingLine } from '../../output/landing-text.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskLand = defineCommand({
  summary: "Bring a task's work into the base branch, or back into the folder",
  detail:
    'For work in review or done. It is all or nothing and never pushed. In a project without git the changed files are copied back, and nothing that somebody changed meanwhile is replaced. Asked again, it only says that the work has landed.',
  arguments: { task: { about: 'id, or its beginning' } },
  options: {
    strategy: choice(LANDING_STRATEGIES, 'how; a merge commit when left out'),
    message: text('<text>', 'text of the commit that a merge or squash makes'),
    seen: text('<base>..<head>', 'what "task diff" showed; anything else is refused'),
  },
  examples: ['quarterdeck task land t_77aa', 'quarterdeck task land t_77aa --strategy squash'],
  async run(context, { args, options }) {
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const seen = readSeen(options.seen);
    if (!seen.ok) return seen;
    const { strategy = 'merge', message = null } = options;
    const body = { strategy, message, ...seen.value };
    const reply = await context.client.call('task.land', { params: { taskId: taskId.value }, body });
    if (!reply.ok) return reply;
    const { task } = reply.value;
    return print(context, reply.value, () => `${taskLine(context, task)}${landingLine(context, task)}`);
  },
});
