import { makeAgent, makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import { CLEAN_REPORT, codeOf, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { linkTasks, updateTask } from '../../board/index.ts';
import { requestChanges, requestReview } from '../../review/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { FAILURE_LIMIT } from '../domain/failure-classes.ts';
import { REVIEW_ROUND_LIMIT } from '../domain/review-rounds.ts';
import {
  approve,
  ask,
  call,
  claim,
  died,
  handIn,
  handOver,
  settle,
  startOrder,
  underReview,
  why,
} from '../testing/review-scene.ts';
import { stopTaskRun } from './stop-task-run.ts';

describe.each(TEST_DATABASES)('K22 K16 a task in review on %s', (database) => {
  it('goes to its reviewer, where the work is, and an approval leaves the decision to a person', async () => {
    await using board = await openTestBoard(database);
    const { work, review } = await underReview(board);
    expect(review).toMatchObject({ purpose: 'review', profile: 'beta', runnerId: work.runnerId, attempt: 2 });
    expect(await startOrder(board, review)).toMatchObject({
      purpose: 'review',
      resume: null,
      workspace: { kind: 'worktree', branch: CLEAN_REPORT.branch, startFrom: [] },
      prompt: expect.stringContaining('Here it is.'),
    });
    board.takeKinds();
    okValue(await call(board, review, approve));
    await settle(board, review);
    const task = await board.task(work.taskId);
    expect(task).toMatchObject({
      status: 'review',
      result: 'Here it is.',
      currentRunId: null,
      verdict: { decision: 'approved', by: 'beta', runId: review.id, summary: approve.input.summary },
    });
    expect(await board.run(review.id)).toMatchObject({ outcome: 'approved', status: 'ended' });
    expect(board.takeKinds()).toEqual([
      'run.reported',
      'run.ended',
      'task.review_requested',
      'task.reviewed',
    ]);
    expect(await claim(board)).toEqual([]);
    expect(await why(board, work)).toBeUndefined();
  });

  it('goes back to the session of its author with what the reviewer asks for, and loses the verdict when handed in again', async () => {
    await using board = await openTestBoard(database);
    const { work, review } = await underReview(board);
    okValue(await call(board, review, ask));
    okValue(await call(board, review, ask));
    await settle(board, review);
    expect(await board.task(work.taskId)).toMatchObject({
      status: 'ready',
      verdict: { decision: 'changes_requested', by: 'beta', runId: review.id },
    });
    const comments = await board.db.read((ports) => ports.comments.ofTask(work.taskId));
    expect(comments.map(({ author, body }) => `${author}: ${body}`)).toEqual([
      'beta: **Changes requested**\n\nNearly.\n\n`a.ts:3`\nName it.',
    ]);
    board.clock.advance(1000);
    const [again] = await claim(board);
    expect(again).toMatchObject({ purpose: 'work', profile: 'alpha', attempt: 3 });
    const order = await startOrder(board, again as RunRecord);
    expect(order.resume).toMatchObject({
      agentSessionId: 'ses_work',
      prompt: expect.stringContaining('`a.ts:3`\nName it.'),
    });
    await handIn(board, again as RunRecord);
    expect(await board.task(work.taskId)).toMatchObject({ status: 'review', verdict: null });
    expect((await claim(board))[0]).toMatchObject({ purpose: 'review', profile: 'beta' });
  });

  it('keeps one place for a review beside ready work, and no more', async () => {
    await using board = await openTestBoard(database);
    await change(board.db, (ports) => ports.runners.save(makeRunner({ capacity: 2 })));
    const works = [
      await board.addClaimed({ reviewer: 'beta' }),
      await board.addClaimed({ reviewer: 'beta' }),
    ];
    for (const run of works) await handIn(board, run, { name: 'task_complete', input: { summary: 'done' } });
    for (const title of ['three', 'four', 'five']) await board.add({ title, priority: 9 });
    const claimed = await claim(board);
    expect(claimed.map((run) => run.purpose).toSorted()).toEqual(['review', 'work']);
    await settle(board, claimed.find((run) => run.purpose === 'work') as RunRecord, died);
    expect((await claim(board)).map((run) => run.purpose)).toEqual(['work']);
    expect(
      (await board.db.read((ports) => ports.runs.live())).filter((run) => run.purpose === 'review'),
    ).toHaveLength(1);
  });
});

describe('K22 K16 a run that reviews', () => {
  it('has the tools of its purpose, and a run that works has those of its own', async () => {
    await using board = await openTestBoard('sqlite');
    const work = await board.addClaimed({ reviewer: 'beta' });
    for (const tool of [approve, ask]) expect(codeOf(await call(board, work, tool))).toBe('wrong_purpose');
    await handIn(board, work);
    const [review] = await claim(board);
    const complete = { name: 'task_complete', input: { summary: 'x' } } as const;
    for (const tool of [complete, handOver])
      expect(codeOf(await call(board, review as RunRecord, tool))).toBe('wrong_purpose');
    const { prompt } = await startOrder(board, review as RunRecord);
    expect(prompt).not.toMatch(/task_complete|task_request_review/);
    expect(prompt).toMatch(/task_approve[\s\S]*task_request_changes/);
  });

  it('that fails leaves the work in review, and after too many failures for a person, with the reason', async () => {
    await using board = await openTestBoard('sqlite');
    const { work, review } = await underReview(board);
    let run = review;
    for (let failures = 1; failures <= FAILURE_LIMIT; failures += 1) {
      await settle(board, run, died);
      expect(await board.task(work.taskId)).toMatchObject({
        status: 'review',
        failureCount: failures,
        verdict: null,
      });
      if (failures === FAILURE_LIMIT) break;
      expect((await why(board, work))?.code).toBe('backing_off');
      expect(await claim(board)).toEqual([]);
      board.clock.advance(60_000);
      run = (await claim(board))[0] as RunRecord;
      expect(run.purpose).toBe('review');
    }
    board.clock.advance(3_600_000);
    expect(await claim(board)).toEqual([]);
    expect(await why(board, work)).toMatchObject({
      code: 'review_by_person',
      message: expect.stringContaining('its host died'),
    });
    okValue(await requestReview(board, { taskId: work.taskId, request: {}, actor: 'ada' }));
    expect((await claim(board))[0]).toMatchObject({ purpose: 'review', profile: 'beta' });
  });

  it('that is stopped, or cannot judge, leaves the work to a person', async () => {
    await using board = await openTestBoard('sqlite');
    const { work, review } = await underReview(board);
    okValue(await stopTaskRun(board, { runId: review.id, actor: 'ada', reason: null }));
    await settle(board, review);
    expect(await board.task(work.taskId)).toMatchObject({ status: 'review', isHeld: true });
    expect(await claim(board)).toEqual([]);
    okValue(await requestReview(board, { taskId: work.taskId, request: { reviewer: 'beta' }, actor: 'ada' }));
    const [second] = await claim(board);
    okValue(
      await call(board, second as RunRecord, {
        name: 'task_block',
        input: { reason: 'no compiler', kind: 'capability' },
      }),
    );
    await settle(board, second as RunRecord);
    expect((await why(board, work))?.message).toContain('no compiler');
  });

  it('asks for changes three times at most; then a person decides', async () => {
    await using board = await openTestBoard('sqlite');
    let { work, review } = await underReview(board);
    for (let round = 1; ; round += 1) {
      okValue(await call(board, review, ask));
      await settle(board, review);
      board.clock.advance(1000);
      work = (await claim(board))[0] as RunRecord;
      await handIn(board, work);
      if (round === REVIEW_ROUND_LIMIT) break;
      review = (await claim(board))[0] as RunRecord;
      expect(review.purpose).toBe('review');
    }
    expect(await claim(board)).toEqual([]);
    expect(await why(board, work)).toMatchObject({
      code: 'review_by_person',
      message: expect.stringContaining(`${REVIEW_ROUND_LIMIT} times`),
    });
    okValue(await requestReview(board, { taskId: work.taskId, request: { reviewer: 'beta' }, actor: 'ada' }));
    expect((await claim(board))[0]?.purpose).toBe('review');
  });

  it('gives way to a person who decides meanwhile, and to a parent that was opened again', async () => {
    await using board = await openTestBoard('sqlite');
    const { work, review } = await underReview(board);
    const remarks = { summary: 'I saw it myself.', comments: [] };
    okValue(await requestChanges(board, { taskId: work.taskId, remarks, actor: 'ada' }));
    expect((await board.run(review.id)).status).toBe('stopping');
    expect(codeOf(await call(board, review, approve))).toBe('run_superseded');
    await settle(board, review);
    expect(await board.task(work.taskId)).toMatchObject({
      status: 'ready',
      verdict: { by: 'ada', runId: null },
    });

    await settle(board, (await claim(board))[0] as RunRecord);
    const other = await underReview(board, { title: 'other' });
    const parent = await board.add();
    okValue(await linkTasks(board, { parentId: parent.id, childId: other.work.taskId, actor: 'ada' }));
    okValue(await call(board, other.review, ask));
    await settle(board, other.review);
    expect(await board.task(other.work.taskId)).toMatchObject({ status: 'todo', verdict: { by: 'beta' } });
    okValue(await updateTask(board, { taskId: parent.id, patch: { status: 'done' }, actor: 'ada' }));
    expect((await board.task(other.work.taskId)).status).toBe('ready');
  });

  it('needs the reviewer on the machine that has the work', async () => {
    await using board = await openTestBoard('sqlite');
    await change(board.db, (ports) => ports.runners.save(makeRunner({ agents: [makeAgent('alpha')] })));
    await change(board.db, (ports) =>
      ports.runners.save(makeRunner({ id: 'm_other' as never, name: 'other', agents: [makeAgent('beta')] })),
    );
    const work = await board.addClaimed({ reviewer: 'beta' });
    await handIn(board, work);
    expect(await claim(board)).toEqual([]);
    expect(await why(board, work)).toMatchObject({
      code: 'profile_not_installed',
      message: expect.stringContaining('cannot run beta'),
    });
  });
});
