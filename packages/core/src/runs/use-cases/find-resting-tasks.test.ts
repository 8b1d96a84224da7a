import { TaskId } from '@quarterdeck/contract/ids';
import { CLEAN_REPORT, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { expect, it } from 'vitest';
import { updateTask } from '../../board/index.ts';
import { settleRun } from '../../dispatch/index.ts';
import { findRestingTasks } from './find-resting-tasks.ts';

it.each(TEST_DATABASES)('A4: only done, archived and unknown tasks rest on %s', async (database) => {
  await using board = await openTestBoard(database);
  const { id: runId, taskId } = await board.addClaimed();
  const unknown = TaskId.parse('t_nowhere');
  const resting = () => findRestingTasks(board, [taskId, unknown]);
  expect(await resting()).toEqual([unknown]);
  okValue(await settleRun(board, { runId, report: CLEAN_REPORT }));
  for (const [status, expected] of [
    ['review', [unknown]],
    ['blocked', [unknown]],
    ['done', [taskId, unknown]],
    ['todo', [unknown]],
    ['archived', [taskId, unknown]],
  ] as const) {
    okValue(await updateTask(board, { taskId, patch: { status }, actor: 'ada' }));
    expect([status, await resting()]).toEqual([status, expected]);
  }
});
