import type { Proposal } from '@quarterdeck/contract/proposal';
import type { TaskDetail } from '@quarterdeck/contract/task';
import { transcriptOf } from '../../src/program/board-view.ts';
import { processesOfRun, residentMb } from '../../src/program/processes.ts';
import type { Bench } from '../stage/bench.ts';
import type { Findings } from '../stage/findings.ts';
import { followTask, isAtRest } from '../stage/follow-task.ts';
import { board, calls, inFolder } from '../stage/scenario-words.ts';
import type { Check } from './check.ts';

const SCENARIO = 'main';
const COMMAND = 'touch by-shell.txt';
const SUMMARY = 'The tide is high now';
const OWN_TOOLS = ['task_show', 'task_comment', 'task_complete'];

/** The whole job, from reading the task to reporting it. */
export const mainJob: Check = {
  name: 'main',
  demands:
    'reads, edits, writes, runs a command that a person allows, comments and completes; its own tools are in sight and never asked for',
  scenarios: ({ tools }, folderOf) => ({
    [SCENARIO]: [
      { text: 'I look at the task.', tools: [{ name: 'task_show', args: {} }] },
      inFolder(folderOf, (folder) => tools.read(`${folder}/notes.md`)),
      inFolder(folderOf, (folder) =>
        tools.edit(`${folder}/notes.md`, 'The tide is low.', 'The tide is high.'),
      ),
      inFolder(folderOf, (folder) => tools.write(`${folder}/added.txt`, 'Added by hand.')),
      calls(tools.shell(COMMAND)),
      board('task_comment', { body: 'All four tools worked.' }),
      board('task_complete', { summary: SUMMARY }),
      { text: 'The work is done.' },
    ],
  }),
  async run(bench, findings) {
    const startedAt = Date.now();
    const taskId = await bench.give(SCENARIO);
    const { detail, asked } = await followTask(bench, taskId, isAtRest, {
      timeoutMs: 120_000,
      answer: async (proposal) => {
        if (isTheCommand(proposal)) findings.figure('memoryMb', await memoryOf(proposal.runId));
        return { decision: 'allow' };
      },
    });
    const [first] = bench.asked(SCENARIO);
    if (first) findings.figure('firstRequestMs', first.at - startedAt);
    judgeEnd(detail, findings);
    judgeAsked(asked, findings);
    judgeSight(bench, findings);
    await judgeWork(bench, taskId, findings);
    judgeUsage(bench, detail, findings);
  },
};

function judgeEnd({ task, runs, comments }: TaskDetail, { must }: Findings): void {
  must(
    task.status === 'done',
    `the task is ${task.status}: ${task.blockReason ?? task.lastFailure ?? 'no reason'}`,
  );
  must(task.result === SUMMARY, `its result is ${task.result}`);
  must(runs.length === 1, `it took ${runs.length} attempts`);
  must(
    comments.some(({ body }) => body.includes('All four tools worked.')),
    'the comment of the agent is missing',
  );
}

function judgeAsked(asked: readonly Proposal[], { must }: Findings): void {
  must(asked.some(isTheCommand), `nobody was asked about the command ${COMMAND}`);
  for (const { title, detail } of asked.filter((it) => !isTheCommand(it)))
    must(
      false,
      `a person was asked for "${title}" (${detail.toolKind}, ${detail.mcpTool ?? 'no tool named'})`,
    );
}

function isTheCommand({ detail }: Proposal): boolean {
  return detail.toolKind === 'execute' && (detail.command ?? '').includes(COMMAND);
}

function judgeSight(bench: Bench, { must }: Findings): void {
  const offered = bench.asked(SCENARIO).at(0)?.turn.toolNames ?? [];
  for (const tool of OWN_TOOLS)
    must(
      offered.some((name) => name.endsWith(tool)),
      `its model does not see ${tool} among its ${offered.length} tools`,
    );
}

async function judgeWork({ client }: Bench, taskId: string, { must }: Findings): Promise<void> {
  const diff = await client.call('task.diff', { params: { taskId } });
  const patch = diff.ok ? diff.value.patch : diff.refusal.message;
  for (const line of ['+The tide is high.', '+Added by hand.', 'by-shell.txt'])
    must(patch.includes(line), `the diff does not show ${line}`);
  const items = await transcriptOf(client, taskId);
  const tools = items.filter((item) => item.kind === 'tool');
  must(tools.length >= 7, `the transcript has ${tools.length} of 7 tool calls`);
  const titles = tools.map(({ title }) => title);
  must(
    titles.every((title) => /^[^{[]/.test(title) && title !== 'ToolCall'),
    `tool calls have no title that a person can read: ${titles.join(' · ')}`,
  );
  const said = items.flatMap((item) => (item.kind === 'message' ? [item.text] : []));
  must(
    said.some((text) => text.includes('I look at the task.')),
    'the transcript lacks what the agent said',
  );
  must(
    items.some(
      (item) => item.kind === 'permission' && item.outcome === 'allowed' && item.decidedBy !== 'policy',
    ),
    'the transcript does not say that a person allowed the command',
  );
}

function judgeUsage({ agent }: Bench, { runs }: TaskDetail, { must }: Findings): void {
  const usage = runs.at(-1)?.usage;
  must((usage?.inputTokens ?? usage?.contextUsed ?? 0) > 0, 'no tokens were counted');
  if (agent.model !== null)
    must(agent.model.test(usage?.model ?? ''), `the model is shown as ${usage?.model}`);
}

async function memoryOf(runId: string): Promise<number> {
  const sizes = await Promise.all((await processesOfRun(runId)).map(residentMb));
  return Math.round(sizes.reduce((sum, size) => sum + size, 0));
}
