import {
  CLEAN_REPORT,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../runs/index.ts';
import { FINISH_DEADLINE_MS, LEASE_MS, PREPARE_DEADLINE_MS, START_DEADLINE_MS } from '../domain/deadlines.ts';
import { callAgentTool } from './call-agent-tool.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';
import { noteStarting } from './note-starting.ts';
import { noteTakenUp, renewLeases } from './renew-leases.ts';
import { settleRun } from './settle-run.ts';
import { sweepRuns } from './sweep-runs.ts';

/** Time a stopped agent gets before it is asked again. */
const STOP_DEADLINE_MS = 30_000;

const commands = async (board: TestBoard, run: RunRecord) =>
  (await board.db.read((ports) => ports.commands.pendingFor(run.runnerId))).map((it) => it.command.kind);
const renew = (board: TestBoard, run: RunRecord) =>
  renewLeases(board, { runnerId: run.runnerId, runIds: [run.id] });
const complete = (board: TestBoard, run: RunRecord) =>
  callAgentTool(board, { runId: run.id, call: { name: 'task_complete', input: { summary: 'done' } } });

describe.each(TEST_DATABASES)('K16 a lease on %s', (database) => {
  it('that ends gives the task to the next, and fences the run that comes back late', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    board.clock.advance(LEASE_MS - 1);
    await sweepRuns(board);
    expect(await board.run(run.id)).not.toMatchObject({ status: 'ended' });
    board.clock.advance(1);
    const other = { ...board, db: await board.openServer() };
    const swept = await Promise.all([sweepRuns(board), sweepRuns(other)]);
    expect(swept.flat()).toEqual([run.id]);
    expect(await board.run(run.id)).toMatchObject({ status: 'ended', outcome: 'lost' });
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready', failureCount: 0, retryAt: null });
    const [next] = okValue(await claimReadyTasks(board, 8));
    expect(next?.task.id).toBe(run.taskId);
    expect(await complete(board, run)).toMatchObject({ ok: false, refusal: { code: 'run_superseded' } });
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'running', currentRunId: next?.run.id });
  });

  it('is renewed by its runner, on the run and on the task', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    await noteTakenUp(board, run.id);
    for (let beat = 0; beat < 3; beat += 1) {
      board.clock.advance(LEASE_MS - 1);
      await renew(board, run);
      expect((await sweepRuns(board)).length).toBe(0);
    }
    const leaseExpiresAt = board.clock.now() + LEASE_MS;
    expect(await board.run(run.id)).toMatchObject({ leaseExpiresAt });
    expect(await board.task(run.taskId)).toMatchObject({ claimExpiresAt: leaseExpiresAt });
  });
});

describe('K16 a deadline', () => {
  it('of the start only asks for a stop: the task stays taken until the death is confirmed', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    board.clock.advance(START_DEADLINE_MS);
    expect(await sweepRuns(board)).toEqual([]);
    expect(await board.run(run.id)).toMatchObject({
      status: 'stopping',
      deadlineAt: board.clock.now() + STOP_DEADLINE_MS,
    });
    expect(await board.task(run.taskId)).toMatchObject({ status: 'running', currentRunId: run.id });
    expect(await commands(board, run)).toEqual(['start', 'stop']);
    board.clock.advance(STOP_DEADLINE_MS);
    await sweepRuns(board);
    expect(await commands(board, run)).toEqual(['start', 'stop', 'stop']);
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'ready', failureCount: 1 });
    expect(await commands(board, run)).toEqual([]);
  });

  it('of the start is longer for a runner that took it up, and ends with the agent’s start', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    await noteTakenUp(board, run.id);
    expect(await board.run(run.id)).toMatchObject({ deadlineAt: board.clock.now() + PREPARE_DEADLINE_MS });
    board.clock.advance(START_DEADLINE_MS);
    await noteStarting(board, { runId: run.id, workspacePath: '/srv/space', branch: 'b', base: 'b45e' });
    expect(await board.run(run.id)).toMatchObject({
      status: 'starting',
      workspacePath: '/srv/space',
      branch: 'b',
    });
    expect(await board.task(run.taskId)).toMatchObject({ branch: 'b' });
  });

  it('of the closing stops an agent that does not end, and keeps what it reported', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await complete(board, run));
    board.clock.advance(FINISH_DEADLINE_MS);
    await sweepRuns(board);
    expect(await board.run(run.id)).toMatchObject({ status: 'stopping', reportedOutcome: 'completed' });
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'done' });
  });

  it('a report counts also when its runner never came back', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await complete(board, run));
    board.clock.advance(LEASE_MS);
    expect(await sweepRuns(board)).toEqual([run.id]);
    expect(await board.task(run.taskId)).toMatchObject({ status: 'done', result: 'done' });
  });
});
