import {
  CLEAN_REPORT,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateTask } from '../../board/index.ts';
import { showFleet, updateProfile } from '../../fleet/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';
import { explainTask } from './explain-tasks.ts';
import { settleRun } from './settle-run.ts';

const HOUR = 3_600_000;

describe.each(TEST_DATABASES)("K16 a provider's used-up limit on %s", (database) => {
  it('pauses its profile for every task until the reset, and charges no retry', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    const other = await board.add({ title: 'Another' });
    const reset = board.clock.now() + HOUR;
    const limited = {
      ...run,
      failureHint: 'rate_limited',
      error: 'limit reached',
      limitResetAt: reset,
    } as const;
    await change(board.db, (ports) => ports.runs.save(limited));
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));

    expect(okValue(await claimReadyTasks(board, 10))).toEqual([]);
    expect((await board.task(run.taskId)).failureCount).toBe(0);
    const [first] = await board.db.read((ports) => explainTask(ports, other, board.clock.now()));
    expect(first).toMatchObject({ code: 'profile_paused', until: reset });

    board.clock.advance(HOUR);
    expect(okValue(await claimReadyTasks(board, 10))).toHaveLength(2);
  });

  it.each(['rate_limited', 'quota_used_up'] as const)(
    'A11: who resumes the agent lets all tasks start at once after %s, and a later limit pauses it again',
    async (failureHint) => {
      await using board = await openTestBoard(database);
      await board.addClaimed();
      await limit(board, await board.addClaimed(), { failureHint, limitResetAt: board.clock.now() + HOUR });
      await board.add({ title: 'Another' });
      expect(okValue(await claimReadyTasks(board, 10))).toEqual([]);
      expect(await limitedUntil(board)).toBe(board.clock.now() + HOUR);

      board.clock.advance(1000);
      const resume = { profile: 'alpha', patch: { isPaused: false }, actor: 'ada' };
      okValue(await updateProfile(board, resume));
      okValue(await updateProfile(board, resume));
      expect(await limitedUntil(board)).toBeNull();
      const claims = okValue(await claimReadyTasks(board, 10));
      expect(claims).toHaveLength(1);

      board.clock.advance(1000);
      const [again] = claims;
      if (again) await limit(board, again.run, { failureHint, limitResetAt: board.clock.now() + HOUR });
      expect(await limitedUntil(board)).toBe(board.clock.now() + HOUR);
      expect(okValue(await claimReadyTasks(board, 10))).toEqual([]);
    },
  );

  it('A10: a limit holds back its agent and not its task: another agent does it at once', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    await limit(board, run, { failureHint: 'quota_used_up', limitResetAt: board.clock.now() + HOUR });
    const patch = { assignee: 'beta' };
    okValue(await updateTask(board, { taskId: run.taskId, patch, actor: 'ada' }));
    expect(okValue(await claimReadyTasks(board, 10)).map((it) => it.run.profile)).toEqual(['beta']);
  });

  it.each(['stale', 'crashed', 'provider_error', 'no_report'] as const)(
    'A9: a run that ended as %s after it had met a limit pauses nobody',
    async (failureHint) => {
      await using board = await openTestBoard(database);
      const run = await board.addClaimed();
      const hint = failureHint === 'no_report' ? null : failureHint;
      const nudges = failureHint === 'no_report' ? 3 : 0;
      await limit(board, run, { failureHint: hint, nudges, limitResetAt: board.clock.now() + HOUR });
      expect((await board.run(run.id)).outcome).toBe(failureHint);
      expect(await limitedUntil(board)).toBeNull();
    },
  );
});

async function limit(board: TestBoard, run: RunRecord, fields: Partial<RunRecord>): Promise<void> {
  await change(board.db, (ports) => ports.runs.save({ ...run, error: 'used up', ...fields }));
  okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
}

async function limitedUntil(board: TestBoard): Promise<number | null | undefined> {
  return okValue(await showFleet(board)).agents.find(({ profile }) => profile === 'alpha')?.limitedUntil;
}
