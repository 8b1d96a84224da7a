import { codeOf, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { describe, expect, it } from 'vitest';
import { updateTask } from '../../board/index.ts';
import { requestReview } from '../../review/index.ts';
import { approve, call, settle, underReview, why } from '../testing/review-scene.ts';

describe('K22 asking for a review', () => {
  it('brings a task into review, with or without a name, and clears what was said of it there', async () => {
    await using board = await openTestBoard('sqlite');
    const { id: taskId } = await board.add();
    const request = { reviewer: 'bob', summary: 'By hand.' };
    expect(okValue(await requestReview(board, { taskId, request, actor: 'ada' }))).toMatchObject({
      status: 'review',
      reviewer: 'bob',
      result: 'By hand.',
    });
    expect(await why(board, { taskId })).toMatchObject({ code: 'review_by_person' });
    expect(
      okValue(await requestReview(board, { taskId, request: { reviewer: '' }, actor: 'ada' })).reviewer,
    ).toBeNull();
    board.takeKinds();
    const { work, review } = await underReview(board);
    okValue(await call(board, review, approve));
    await settle(board, review);
    board.takeKinds();
    const asked = okValue(
      await requestReview(board, { taskId: work.taskId, request: { reviewer: 'gamma' }, actor: 'ada' }),
    );
    expect(asked).toMatchObject({ status: 'review', reviewer: 'gamma', verdict: null });
    expect(board.takeKinds()).toEqual(['task.edited']);
    expect(codeOf(await requestReview(board, { taskId: 't_gone', request: {}, actor: 'ada' }))).toBe(
      'task_not_found',
    );
    await updateTask(board, { taskId, patch: { status: 'done' }, actor: 'ada' });
    expect(codeOf(await requestReview(board, { taskId, request: {}, actor: 'ada' }))).toBe(
      'transition_refused',
    );
  });
});
