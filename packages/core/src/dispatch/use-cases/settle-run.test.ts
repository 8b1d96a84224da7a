import type { RunReport } from '@quarterdeck/contract/runner-protocol';
import { makeProposal } from '@quarterdeck/testkit/factories/make-proposal';
import {
  CLEAN_REPORT,
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { linkTasks, updateTask } from '../../board/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { FAILURE_LIMIT } from '../domain/failure-classes.ts';
import { callAgentTool, type ToolInput } from './call-agent-tool.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';
import { settleRun } from './settle-run.ts';
import { stopTaskRun } from './stop-task-run.ts';

const settle = (board: TestBoard, run: Pick<RunRecord, 'id'>, failure: RunReport['failure'] = null) =>
  settleRun(board, { runId: run.id, report: { ...CLEAN_REPORT, failure } });
const call = (board: TestBoard, run: Pick<RunRecord, 'id'>, tool: ToolInput) =>
  callAgentTool(board, { runId: run.id, call: tool });
const complete = { name: 'task_complete', input: { summary: 'all done' } } as const;
const died = { kind: 'host_died', message: 'its host died' } as const;
const inWorkspace = { kind: 'workspace_failed', message: 'disk full' } as const;

describe.each(TEST_DATABASES)('K17 a run on %s', (database) => {
  it('that reported is finishing, and its task moves when its process is gone; children go on', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    const child = await board.add({ parents: [run.taskId] });
    okValue(await call(board, run, complete));
    expect(await board.run(run.id)).toMatchObject({ status: 'finishing', reportedOutcome: 'completed' });
    expect(await board.task(run.taskId)).toMatchObject({ status: 'running' });
    okValue(await settle(board, run));
    expect(await board.run(run.id)).toMatchObject({
      status: 'ended',
      outcome: 'completed',
      diffStat: CLEAN_REPORT.diffStat,
      endedAt: board.clock.now(),
    });
    expect(await board.task(run.taskId)).toMatchObject({
      status: 'done',
      result: 'all done',
      branch: CLEAN_REPORT.branch,
      claimLock: null,
    });
    expect(await board.task(child.id)).toMatchObject({ status: 'ready' });
    expect(await board.db.read((ports) => ports.commands.pendingFor(run.runnerId))).toEqual([]);
  });

  it('that lost its task is refused with 409 and changes nothing', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    await updateTask(board, { taskId: run.taskId, patch: { status: 'ready' }, actor: 'ada' });
    const before = [await board.task(run.taskId), await board.run(run.id)];
    board.takeKinds();
    const tools: ToolInput[] = [
      complete,
      { name: 'task_comment', input: { body: 'still here' } },
      { name: 'task_heartbeat', input: { note: 'alive' } },
      { name: 'task_create', input: { title: 'More' } },
      { name: 'task_show', input: {} },
    ];
    for (const tool of tools) expect(codeOf(await call(board, run, tool))).toBe('run_superseded');
    expect([await board.task(run.taskId), await board.run(run.id)]).toEqual(before);
    expect(board.takeKinds()).toEqual([]);
    okValue(await settle(board, run));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready' });
    const [next] = okValue(await claimReadyTasks(board, 8));
    expect(next?.run).toMatchObject({ attempt: 2, taskId: run.taskId });
    expect(codeOf(await call(board, run, complete))).toBe('run_superseded');
    expect(next && codeOf(await call(board, next.run, complete))).toBeNull();
  });

  it('settles once: the report of a run that is over changes nothing', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    const other = { ...board, db: await board.openServer() };
    await Promise.all([settle(board, run, died), settle(other, run, died), settle(board, run, died)]);
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready', failureCount: 1 });
    expect(board.takeKinds().filter((kind) => kind === 'run.ended')).toHaveLength(1);
    expect(codeOf(await settleRun(board, { runId: 'r_gone' as never, report: CLEAN_REPORT }))).toBe(
      'run_not_found',
    );
  });
});

describe('K17 an agent', () => {
  it('reports once: the same again is fine, another report is refused', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await call(board, run, complete));
    board.takeKinds();
    okValue(await call(board, run, complete));
    const block: ToolInput = { name: 'task_block', input: { reason: 'no', kind: 'needs_input' } };
    expect(codeOf(await call(board, run, block))).toBe('run_reported');
    expect(board.takeKinds()).toEqual([]);
  });

  it('has the tools of the board in the name of its run', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed({ title: 'Mine', body: 'the text' });
    const made = okValue(
      await call(board, run, {
        name: 'task_create',
        input: { title: 'Follow up', assignee: 'beta', labels: ['api', 'API'] },
      }),
    );
    const { taskId } = made as { taskId: never };
    expect(await board.task(taskId)).toMatchObject({
      createdBy: 'alpha',
      projectId: run.projectId,
      assignee: 'beta',
      labels: ['api'],
    });
    okValue(await call(board, run, { name: 'task_link', input: { parentId: run.taskId, childId: taskId } }));
    expect(await board.task(taskId)).toMatchObject({ status: 'todo' });
    okValue(await call(board, run, { name: 'task_comment', input: { body: 'noted' } }));
    okValue(await call(board, run, { name: 'task_heartbeat', input: { note: 'halfway' } }));
    expect(await board.run(run.id)).toMatchObject({ activity: 'halfway', heartbeatAt: board.clock.now() });
    expect(okValue(await call(board, run, { name: 'task_show', input: {} }))).toMatchObject({
      task: { title: 'Mine', body: 'the text' },
      comments: [{ author: 'alpha', text: 'noted' }],
      attempts: [{ attempt: 1 }],
    });
    expect(codeOf(await call(board, run, { name: 'task_show', input: { taskId: 't_gone' } }))).toBe(
      'task_not_found',
    );
  });
});

describe('K16 when a run ends', () => {
  it.each([
    [
      { name: 'task_block', input: { reason: 'which oil?', kind: 'capability' } },
      { status: 'blocked', blockReason: 'which oil?', blockKind: 'capability' },
    ],
    [
      { name: 'task_request_review', input: { summary: 'look' } },
      { status: 'review', result: 'look' },
    ],
  ] as const)('after %j its task is %j', async (tool, task) => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await call(board, run, tool));
    okValue(await settle(board, run));
    expect(await board.task(run.taskId)).toMatchObject(task);
  });

  it('on a person’s word its task goes to todo and is held', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await stopTaskRun(board, { runId: run.id, actor: 'ada', reason: null }));
    expect(codeOf(await call(board, run, complete))).toBe('run_superseded');
    expect(await board.task(run.taskId)).toMatchObject({ status: 'running' });
    okValue(await settle(board, run));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'todo', isHeld: true, failureCount: 0 });
    expect(await board.run(run.id)).toMatchObject({ outcome: 'stopped', error: 'stopped by ada' });
    const again = await stopTaskRun(board, { runId: run.id, actor: 'ada', reason: null });
    expect(codeOf(again)).toBe('run_not_live');
  });

  it('after a failure its task waits and is tried again, until the breaker gives it to a person', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId, ...first } = await board.addClaimed();
    let run: Pick<RunRecord, 'id'> = first;
    for (let failures = 1; failures < FAILURE_LIMIT; failures += 1) {
      okValue(await settle(board, run, died));
      const task = await board.task(taskId);
      expect(task).toMatchObject({ status: 'ready', failureCount: failures, lastFailure: 'its host died' });
      expect(okValue(await claimReadyTasks(board, 8))).toEqual([]);
      board.clock.advance(Number(task.retryAt) - board.clock.now());
      const [next] = okValue(await claimReadyTasks(board, 8));
      run = next?.run ?? run;
    }
    board.takeKinds();
    okValue(await settle(board, run, died));
    expect(await board.task(taskId)).toMatchObject({
      status: 'blocked',
      blockKind: 'failures',
      blockReason: 'its host died',
      failureCount: FAILURE_LIMIT,
    });
    expect(board.takeKinds()).toEqual(['run.ended', 'task.blocked', 'task.gave_up']);
  });

  it('a failure that trying again cannot mend goes to a person at once', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await settle(board, run, inWorkspace));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'blocked', blockReason: 'disk full' });
  });

  it('success forgets earlier failures', async () => {
    await using board = await openTestBoard('sqlite');
    const first = await board.addClaimed();
    okValue(await settle(board, first, died));
    board.clock.advance(60_000);
    const [second] = okValue(await claimReadyTasks(board, 8));
    if (!second) throw new Error('it is not tried again');
    okValue(await call(board, second.run, complete));
    okValue(await settle(board, second.run));
    expect(await board.task(first.taskId)).toMatchObject({
      status: 'done',
      failureCount: 0,
      lastFailure: null,
    });
  });

  it('after a failure its task waits for a parent that was linked meanwhile', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const parent = await board.add({ assignee: '' });
    okValue(await linkTasks(board, { parentId: parent.id, childId: run.taskId, actor: 'ada' }));
    okValue(await settle(board, run, died));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'todo', isHeld: false, failureCount: 1 });
    await updateTask(board, { taskId: parent.id, patch: { status: 'done' }, actor: 'ada' });
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready', failureCount: 1 });
  });

  it('its open requests are withdrawn', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const proposal = makeProposal({ runId: run.id, taskId: run.taskId });
    await change(board.db, (ports) => ports.proposals.insert(proposal));
    okValue(await settle(board, run));
    expect(await board.db.read((ports) => ports.proposals.find(proposal.id))).toMatchObject({
      status: 'withdrawn',
    });
  });
});
