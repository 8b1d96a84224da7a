import { transcriptOf } from '../../src/program/board-view.ts';
import { waitUntil } from '../../src/program/wait-until.ts';
import { followTask, isAtRest } from '../stage/follow-task.ts';
import { board, inFolder } from '../stage/scenario-words.ts';
import type { Check } from './check.ts';

const SCENARIO = 'changes';
const REMARK = 'Say second instead.';

/** Work that is handed in, sent back with a remark, and handed in again. */
export const changesRequested: Check = {
  name: 'changes',
  demands: 'goes on in the same conversation when its work is sent back, and its model sees the remark',
  scenarios: ({ tools }, folderOf) => ({
    [SCENARIO]: [
      inFolder(folderOf, (folder) => tools.write(`${folder}/wave.txt`, 'first wave')),
      board('task_request_review', { summary: 'The first try' }),
      { text: 'I wait for the review.' },
      // A fresh conversation would begin at the top again. Some edit only what they have just read.
      inFolder(folderOf, (folder) => tools.read(`${folder}/wave.txt`)),
      inFolder(folderOf, (folder) => tools.edit(`${folder}/wave.txt`, 'first', 'second')),
      board('task_request_review', { summary: 'The second try' }),
      { text: 'I wait again.' },
    ],
  }),
  async run(bench, { must }) {
    const taskId = await bench.give(SCENARIO);
    const first = await followTask(bench, taskId, isAtRest);
    must(first.detail.task.result === 'The first try', `the first result is ${first.detail.task.result}`);
    if (bench.agent.filesByMinute) await nextMinute();
    const before = bench.asked(SCENARIO).length;
    const comments = [{ path: 'wave.txt', line: 1, body: REMARK }];
    const sent = await bench.client.call('task.requestChanges', { params: { taskId }, body: { comments } });
    must(sent.ok, `it could not be sent back: ${sent.ok ? '' : sent.refusal.message}`);
    const { detail } = await followTask(bench, taskId, (it) => isAtRest(it) && it.runs.length > 1);
    const { task, runs } = detail;
    must(task.status === 'review', `the task is ${task.status}: ${task.blockReason ?? ''}`);
    must(task.result === 'The second try', `the second result is ${task.result}`);
    must(runs.length === 2, `it took ${runs.length} attempts: ${runs.map((run) => run.outcome).join(', ')}`);
    const resumed = bench.asked(SCENARIO).at(before);
    const heard = resumed?.turn.entries.map(({ text }) => text).join('\n') ?? '';
    must(heard.includes(REMARK), 'the remark does not reach its model');
    must(
      resumed?.turn.entries.some(({ role }) => role === 'tool') === true && heard.includes('[[scenario:'),
      'its model does not see the first conversation',
    );
    const items = JSON.stringify(await transcriptOf(bench.client, taskId));
    must(!items.includes('no longer has its earlier session'), 'it began a fresh session');
    const diff = await bench.client.call('task.diff', { params: { taskId } });
    must(diff.ok && diff.value.patch.includes('+second wave'), 'the diff does not show the second try');
  },
};

function nextMinute(): Promise<boolean> {
  const minute = new Date().getMinutes();
  return waitUntil('the next minute', () => new Date().getMinutes() !== minute, {
    timeoutMs: 70_000,
    everyMs: 1000,
  });
}
