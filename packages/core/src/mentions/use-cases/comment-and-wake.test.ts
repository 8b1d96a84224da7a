import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import {
  CLEAN_REPORT,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { callAgentTool, claimReadyTasks, settleRun } from '../../dispatch/index.ts';
import { commentAndWake } from './comment-and-wake.ts';

const say = async (board: TestBoard, taskId: TaskId, body: string) => {
  board.clock.advance(1000);
  return okValue(await commentAndWake(board, { taskId, author: 'ada', body }));
};
const sayAs = async (board: TestBoard, runId: RunId, body: string, taskId?: TaskId) => {
  board.clock.advance(1000);
  const input = taskId ? { body, taskId } : { body };
  const said = await callAgentTool(board, { runId, call: { name: 'task_comment', input } });
  return (okValue(said) as { woken: { profile: string; how: string; taskId: TaskId }[] }).woken;
};
const commands = async (board: TestBoard) =>
  (await board.db.read((ports) => ports.commands.pendingFor('m_test' as never))).map(
    ({ command }) => command,
  );

async function handedIn(board: TestBoard, outcome: 'review_requested' | 'blocked') {
  const run = await board.addClaimed();
  await change(board.db, (ports) =>
    ports.runs.save({ ...run, reportedOutcome: outcome, summary: 'Here.', agentSessionId: 'ses_1' }),
  );
  okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
  return run;
}

describe.each(TEST_DATABASES)('K22 a comment on %s that mentions an agent', (database) => {
  it('is put to its live session', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    const { comment, woken } = await say(board, run.taskId, 'Mind the tests, @alpha. @nobody @ada');
    expect(woken).toEqual([{ profile: 'alpha', how: 'prompted', taskId: run.taskId }]);
    const text = expect.stringContaining(comment.body);
    expect((await commands(board)).at(-1)).toEqual({ kind: 'prompt', text, author: 'ada' });
    expect(board.takeKinds().slice(-2)).toEqual(['task.commented', 'session.prompted']);
  });

  it.each(['review_requested', 'blocked'] as const)('goes on with it after %s', async (outcome) => {
    await using board = await openTestBoard(database);
    const { taskId } = await handedIn(board, outcome);
    expect((await say(board, taskId, '@alpha once more, with feeling')).woken).toEqual([
      { profile: 'alpha', how: 'resumed', taskId },
    ]);
    expect((await board.task(taskId)).status).toBe('ready');
    okValue(await claimReadyTasks(board, 10));
    const start = (await commands(board)).find((command) => command.kind === 'start');
    expect(start?.order.resume).toMatchObject({
      agentSessionId: 'ses_1',
      prompt: expect.stringContaining('once more, with feeling'),
    });
  });

  it('gives any other agent a task of its own, once', async () => {
    await using board = await openTestBoard(database);
    const { id } = await board.add({ title: 'The door', assignee: 'alpha' });
    const { woken } = await say(board, id, 'Hm, @beta?\n\n@alpha @beta');
    expect(woken.map(({ profile, how }) => `${profile} ${how}`)).toEqual([
      'beta follow_up',
      'alpha in_brief',
    ]);
    const followUp = await board.task(woken[0]?.taskId as TaskId);
    expect(followUp).toMatchObject({ assignee: 'beta', status: 'ready', workspaceKind: 'scratch' });
    expect(followUp.body).toContain('> Hm, @beta?');
    expect(followUp.body).toContain(id);
  });
});

describe('K22 agents that mention each other', () => {
  it('come to an end: the run of a follow-up makes none, and nobody wakes itself', async () => {
    await using board = await openTestBoard('sqlite');
    const first = await board.addClaimed({ assignee: 'alpha' });
    expect(await sayAs(board, first.id, 'I, @alpha, ask @beta')).toMatchObject([
      { profile: 'beta', how: 'follow_up' },
    ]);
    const claims = okValue(await claimReadyTasks(board, 10));
    const second = claims[0]?.run;
    if (!second) throw new Error('the follow-up was not claimed');
    expect(second.profile).toBe('beta');
    expect(await sayAs(board, second.id, 'And I ask @alpha')).toEqual([]);
    for (let round = 0; round < 5; round += 1)
      expect(await sayAs(board, second.id, 'Well, @alpha?', first.taskId)).toHaveLength(1);
    expect(await sayAs(board, second.id, 'Well, @alpha?', first.taskId)).toEqual([]);
  });
});
