import type { Proposal } from '@quarterdeck/contract/proposal';
import { type Answer, followTask, isAtRest } from '../stage/follow-task.ts';
import { board, calls } from '../stage/scenario-words.ts';
import type { Check } from './check.ts';

const SCENARIO = 'approval';
const DENIED = 'touch denied.txt';
const ALLOWED = 'touch one.txt';
const OTHER = 'mkdir two';
/** How agents tell their model that it may not. */
const TOLD =
  /reject|abort|den(?:y|ied)|declin|refus|not allowed|cancel|doesn't want|not permitted|permission/i;

/** A command that is refused, one that is allowed for the project, and another that this says nothing about. */
export const approval: Check = {
  name: 'approval',
  demands:
    'is told when a person refuses a command; a command that was allowed for the project is not asked for again, another one is',
  scenarios: ({ tools }) => ({
    [SCENARIO]: [
      calls(tools.shell(DENIED)),
      // Some end their turn at a refusal, others go on.
      { text: 'I was not allowed to.' },
      calls(tools.shell(ALLOWED)),
      calls(tools.shell(ALLOWED)),
      calls(tools.shell(OTHER)),
      board('task_complete', { summary: 'One of two files' }),
      { text: 'Done.' },
    ],
  }),
  async run(bench, { must }) {
    const taskId = await bench.give(SCENARIO);
    const { detail, asked } = await followTask(bench, taskId, isAtRest, { timeoutMs: 120_000, answer: rule });
    must(detail.task.status === 'done', `the task is ${detail.task.status}: ${detail.task.blockReason}`);
    const commands = asked.map(({ detail: it }) => it.command ?? it.title);
    const times = (command: string) => commands.filter((it) => it.includes(command)).length;
    must(times(DENIED) === 1, `a person was asked ${times(DENIED)} times for ${DENIED}`);
    must(times(ALLOWED) === 1, `a person was asked ${times(ALLOWED)} times for ${ALLOWED}`);
    must(times(OTHER) === 1, `a person was asked ${times(OTHER)} times for ${OTHER}`);
    const said = bench
      .asked(SCENARIO)
      .flatMap(({ turn }) => turn.entries.filter(({ role }) => role === 'tool'));
    must(
      said.some(({ text }) => TOLD.test(text)),
      `its model was not told of the refusal, but: ${said
        .map(({ text }) => text)
        .join(' · ')
        .slice(0, 400)}`,
    );
    const diff = await bench.client.call('task.diff', { params: { taskId } });
    const patch = diff.ok ? diff.value.patch : '';
    must(!patch.includes('denied.txt'), 'the refused command ran');
    must(patch.includes('one.txt'), 'the allowed command did not run');
  },
};

async function rule({ detail, title }: Proposal): Promise<Answer> {
  const command = detail.command ?? title;
  if (command.includes(DENIED)) return { decision: 'deny', reason: 'Not that file.' };
  return { decision: 'allow', scope: command.includes(ALLOWED) ? 'project' : 'once' };
}
