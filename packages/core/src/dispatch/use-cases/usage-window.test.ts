import { CLEAN_REPORT, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
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
});
