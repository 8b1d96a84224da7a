import { type LineComment, LineComment as LineCommentSchema } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { print } from '../../command/context.ts';
import { defineCommand, list, text } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskChanges = defineCommand({
  summary: 'Send work back to its agent with what should change',
  detail:
    'For work in review or done. The agent goes on in the same workspace, in the same session when it can.',
  arguments: { task: { about: 'id, or its beginning' } },
  options: {
    say: text('<text>', 'what should change; - reads standard input'),
    at: list('<path:line text>', 'what should change at a line, such as "src/door.ts:12 Name it"'),
  },
  examples: [
    'quarterdeck task changes t_77aa --say "Nearly. Add a test for the empty file."',
    'quarterdeck task changes t_77aa --at "src/door.ts:12 Name it" --at "src/oil.ts:3 Why twice?"',
  ],
  async run(context, { args, options }) {
    const comments = readComments(options.at);
    if (!comments.ok) return comments;
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const summary = options.say === '-' ? await context.terminal.readInput() : (options.say ?? '');
    const reply = await context.client.call('task.requestChanges', {
      params: { taskId: taskId.value },
      body: { summary, comments: [...comments.value] },
    });
    return reply.ok ? print(context, reply.value, () => taskLine(context, reply.value.task)) : reply;
  },
});

function readComments(given: readonly string[]): Result<readonly LineComment[]> {
  const comments: LineComment[] = [];
  for (const each of given) {
    const [, path, line, body] = /^(.+?):(\d+):?\s+(\S[\s\S]*)$/.exec(each) ?? [];
    const comment = LineCommentSchema.safeParse({ path, line: Number(line), body });
    if (!comment.success)
      return refuse('invalid_input', {
        reason: `"${each}" names no line. Write it like "src/door.ts:12 Name it", in quotes`,
      });
    comments.push(comment.data);
  }
  return ok(comments);
}
