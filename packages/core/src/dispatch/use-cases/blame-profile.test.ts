import { makeAgent, makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import {
  CLEAN_REPORT,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateProfile } from '../../fleet/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { SYSTEMIC_WINDOW_MS } from '../domain/failure-fingerprint.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';
import { explainTask } from './explain-tasks.ts';
import { settleRun } from './settle-run.ts';

const open = async (database: 'sqlite' | 'postgres') => {
  const board = await openTestBoard(database);
  const agents = [makeAgent('alpha', { maxConcurrentRuns: 9 }), makeAgent('beta')];
  await change(board.db, (ports) => ports.runners.save(makeRunner({ capacity: 20, agents })));
  return board;
};
const fail = async (board: TestBoard, run: RunRecord, error: string) => {
  await change(board.db, async (ports) => {
    const found = await ports.runs.find(run.id);
    if (found) await ports.runs.save({ ...found, startedAt: 1, failureHint: 'crashed', error });
  });
  okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
};
const settings = (board: TestBoard, profile = 'alpha') =>
  board.db.read((ports) => ports.profileSettings.find(profile));
const error = (number: number) => `401 Unauthorized for request ${number}00 in /tmp/qd-${number}/home`;

describe.each(TEST_DATABASES)('K16 failures alike on %s', (database) => {
  it('of three tasks pause their profile, and none of the tasks pays for it', async () => {
    await using board = await open(database);
    const runs = [await board.addClaimed(), await board.addClaimed(), await board.addClaimed()] as const;
    await fail(board, runs[0], error(1));
    await fail(board, runs[1], error(2));
    expect(await settings(board)).toBeNull();
    expect(await board.task(runs[1].taskId)).toMatchObject({ status: 'ready', failureCount: 1 });
    await fail(board, runs[2], error(3));
    expect(await settings(board)).toMatchObject({
      isPaused: true,
      pauseReason: expect.stringContaining('401 Unauthorized'),
    });
    for (const run of runs)
      expect(await board.task(run.taskId)).toMatchObject({
        status: 'ready',
        failureCount: 0,
        retryAt: null,
      });
    expect(okValue(await claimReadyTasks(board, 9))).toEqual([]);
    const task = await board.task(runs[0].taskId);
    const [reason] = await board.db.read((ports) => explainTask(ports, task, board.clock.now()));
    expect(reason).toMatchObject({
      code: 'profile_paused',
      message: expect.stringContaining('401 Unauthorized'),
      remedy: expect.stringContaining('agent resume alpha'),
    });
    okValue(await updateProfile(board, { profile: 'alpha', patch: { isPaused: false }, actor: 'ada' }));
    expect(okValue(await claimReadyTasks(board, 9))).toHaveLength(3);
  });

  it('bring back a task that was given up because of them', async () => {
    await using board = await open(database);
    const first = await board.addClaimed();
    await fail(board, first, error(1));
    for (let attempt = 2; attempt <= 3; attempt += 1) {
      board.clock.advance(20_000);
      const [again] = okValue(await claimReadyTasks(board, 9));
      if (again) await fail(board, again.run, error(attempt));
    }
    expect(await board.task(first.taskId)).toMatchObject({ status: 'blocked', blockKind: 'failures' });
    for (let other = 4; other <= 5; other += 1) await fail(board, await board.addClaimed(), error(other));
    expect(await board.task(first.taskId)).toMatchObject({ status: 'ready', failureCount: 0 });
  });

  it('are no reason when they differ, come too far apart, or are of one task or several profiles', async () => {
    await using board = await open(database);
    await fail(board, await board.addClaimed(), 'no model');
    await fail(board, await board.addClaimed({ assignee: 'beta' }), 'no model');
    await fail(board, await board.addClaimed(), 'no disk');
    board.clock.advance(SYSTEMIC_WINDOW_MS);
    await fail(board, await board.addClaimed(), 'no disk');
    board.clock.advance(SYSTEMIC_WINDOW_MS / 2);
    await fail(board, await board.addClaimed(), 'no model');
    expect([await settings(board), await settings(board, 'beta')]).toEqual([null, null]);
  });

  it('that come from outside, as when everything is killed, pause nothing', async () => {
    await using board = await open(database);
    const runs = [await board.addClaimed(), await board.addClaimed(), await board.addClaimed()];
    const failure = { kind: 'host_died', message: 'The process that drives the agent died.' } as const;
    for (const run of runs)
      okValue(await settleRun(board, { runId: run.id, report: { ...CLEAN_REPORT, failure } }));
    expect(await settings(board)).toBeNull();
  });
});
