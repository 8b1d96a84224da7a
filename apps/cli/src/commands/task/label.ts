import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { print } from '../../command/context.ts';
import { defineCommand } from '../../command/define-command.ts';
import { findTaskId } from '../../lookup/find-task.ts';
import { taskLine } from '../../output/task-text.ts';

export const taskLabel = defineCommand({
  summary: 'Add labels to a task and take labels away',
  arguments: {
    task: { about: 'id, or its beginning' },
    labels: { about: '+name adds a label, -name takes it away', takesRest: true },
  },
  takesDashes: true,
  examples: ['quarterdeck task label t_77aa +api -old', 'quarterdeck task label t_77aa "+needs design"'],
  async run(context, { args }) {
    const change = readChange(args.labels);
    if (!change.ok) return change;
    const taskId = await findTaskId(context.client, args.task);
    if (!taskId.ok) return taskId;
    const bulk = await context.client.call('task.bulk', { body: { ids: [taskId.value], ...change.value } });
    if (!bulk.ok) return bulk;
    const [result] = bulk.value.results;
    if (result?.ok === false) return refuse('invalid_input', { reason: result.error ?? 'it was refused' });
    const reply = await context.client.call('task.show', { params: { taskId: taskId.value } });
    return reply.ok
      ? print(context, { task: reply.value.task }, () => taskLine(context, reply.value.task))
      : reply;
  },
});

/** The words of a command line, joined by spaces; a label may contain spaces, so only a sign begins the next. */
function readChange(words: string): Result<{ addLabels: string[]; removeLabels: string[] }> {
  const signed = words.trim().split(/\s+(?=[+-])/);
  const unsigned = signed.find((word) => !/^[+-]\S/.test(word));
  if (unsigned !== undefined)
    return refuse('invalid_input', {
      reason: `"${unsigned}" neither adds nor removes; write +name to add a label or -name to take it away`,
    });
  const named = (sign: string) => signed.filter((word) => word.startsWith(sign)).map((word) => word.slice(1));
  return ok({ addLabels: named('+'), removeLabels: named('-') });
}
