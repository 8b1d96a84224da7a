import { okValue, openTestBoard, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { requestChanges } from '../../review/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { BASE, HAND_OVER, HEAD, handedIn, keptReport } from '../testing/kept-scene.ts';
import { approve, call, claim, startOrder } from '../testing/review-scene.ts';
import { noteStarting } from './note-starting.ts';
import { settleRun } from './settle-run.ts';

const OTHER = 'c'.repeat(40);

/** Work of alpha at HEAD that beta reviews. */
async function underReview(board: TestBoard) {
  const how = { tool: HAND_OVER, task: { reviewer: 'beta' } };
  const work = await handedIn(board, { commit: HEAD, base: BASE }, how);
  const [review] = await claim(board);
  return { work, review: review as RunRecord };
}

describe.each(TEST_DATABASES)('S2 a review on %s', (database) => {
  it('is about the commits in the database, whatever its runner says of refs', async () => {
    await using board = await openTestBoard(database);
    const { review } = await underReview(board);
    const { prompt, workspace } = await startOrder(board, review);
    expect(workspace).toMatchObject({ base: BASE, head: HEAD });
    expect(prompt).toContain(`git diff ${BASE} ${HEAD}`);
    const at = { runId: review.id, workspacePath: '/srv/space', branch: review.branch };
    await noteStarting(board, { ...at, base: OTHER });
    expect(await board.run(review.id)).toMatchObject({ baseCommit: BASE, headCommit: HEAD });
  });

  it.each([
    ['the commit that was handed in', HEAD, { isHeld: false, verdict: { decision: 'approved', head: HEAD } }],
    ['a commit its runner does not name', null, { verdict: { decision: 'approved', head: HEAD } }],
    ['another commit', OTHER, { isHeld: true, verdict: null }],
  ] as const)('that approves %s', async (_, commit, expected) => {
    await using board = await openTestBoard(database);
    const { work, review } = await underReview(board);
    okValue(await call(board, review, approve));
    okValue(await settleRun(board, { runId: review.id, report: keptReport({ commit }) }));
    expect(await board.task(work.taskId)).toMatchObject({ status: 'review', ...expected });
    expect(await board.run(review.id)).toMatchObject({ headCommit: HEAD });
  });
});

describe('S2 a further attempt', () => {
  it('counts from where the first began, and holds what was kept until it has added to it', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await handedIn(board, { commit: HEAD, base: BASE }, { tool: HAND_OVER });
    const remarks = { summary: 'Nearly.', comments: [] };
    okValue(await requestChanges(board, { taskId, remarks, actor: 'ada' }));
    const [again] = await claim(board);
    const run = again as RunRecord;
    expect((await startOrder(board, run)).workspace).toMatchObject({ base: BASE, head: null });
    expect(run).toMatchObject({ attempt: 2, baseCommit: BASE, headCommit: HEAD });
    okValue(await settleRun(board, { runId: run.id, report: keptReport({ commit: OTHER, base: BASE }) }));
    expect(await board.run(run.id)).toMatchObject({ baseCommit: BASE, headCommit: OTHER });
  });
});
