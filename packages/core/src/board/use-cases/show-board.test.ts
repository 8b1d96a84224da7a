import type { TaskId } from '@quarterdeck/contract/ids';
import { makeProposal } from '@quarterdeck/testkit/factories/make-proposal';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { boardStats } from './board-stats.ts';
import { bulkUpdateTasks } from './bulk-update-tasks.ts';
import { commentOnTask } from './comment-on-task.ts';
import { showBoard } from './show-board.ts';
import { showTask } from './show-task.ts';
import { updateTask } from './update-task.ts';
import { wakeScheduled } from './wake-scheduled.ts';

const ALL = { includeArchived: true };
const show = async (board: TestBoard, query: { tenant?: string; label?: string; includeArchived: boolean }) =>
  okValue(await showBoard({ ...board, explainer: async () => () => null }, query));
const detail = (board: TestBoard, taskId: string) =>
  showTask({ ...board, explainTask: async () => [], diagnoseTask: async () => [] }, taskId);
const say = (board: TestBoard, taskId: string, body: string) =>
  commentOnTask(board, { taskId, author: 'dashboard', body });

describe.each(TEST_DATABASES)('the board on %s', (database) => {
  it('K18 tells all labels in use, and shows only tasks with the one asked for', async () => {
    await using board = await openTestBoard(database);
    const [web] = [await board.add({ labels: ['Web', 'api', 'WEB'] }), await board.add({ labels: ['web'] })];
    const old = await board.add({ labels: ['old'] });
    await board.add();
    okValue(await updateTask(board, { taskId: old.id, patch: { status: 'archived' }, actor: 'ada' }));
    expect(web.labels).toEqual(['Web', 'api']);
    expect((await show(board, { includeArchived: false })).labels).toEqual(['api', 'Web']);
    expect((await show(board, ALL)).labels).toEqual(['api', 'old', 'Web']);
    const labelled = await show(board, { ...ALL, label: 'WEB' });
    expect(labelled.columns.flatMap((column) => column.tasks)).toHaveLength(2);
    expect(labelled.labels).toEqual(['api', 'old', 'Web']);
  });

  it('K18 adds and takes away labels of many tasks, and tells only those that changed', async () => {
    await using board = await openTestBoard(database);
    const one = await board.add({ labels: ['api', 'docs'] });
    const other = await board.add({ labels: ['Docs'] });
    board.takeKinds();
    const bulk = { ids: [one.id, other.id, 't_gone'], addLabels: ['docs'], removeLabels: ['API'] };
    const { results } = okValue(await bulkUpdateTasks(board, { bulk, actor: 'ada' }));
    expect(results.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect((await board.task(one.id)).labels).toEqual(['docs']);
    expect((await board.task(other.id)).labels).toEqual(['Docs']);
    expect(board.takeKinds()).toEqual(['task.edited']);
    expect(board.events.at(-1)?.payload).toMatchObject({ fields: ['labels'] });
  });

  it('K18 tells what the last run left, of tasks in review and blocked only', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    const task = await board.task(run.taskId);
    const ended = { ...run, status: 'ended', outcome: 'review_requested', endedAt: 5 } as const;
    const diffStat = { files: 2, added: 12, removed: 3 };
    await change(board.db, async (ports) => {
      await ports.runs.save({ ...ended, diffStat });
      await ports.runs.insertMany([
        { ...ended, id: 'r_review' as typeof run.id, attempt: 2, purpose: 'review', diffStat: null },
      ]);
      await ports.tasks.save({ ...task, status: 'review', currentRunId: null });
    });
    const lastRun = { id: run.id, attempt: 1, outcome: 'review_requested', diffStat };
    const cards = async () => (await show(board, ALL)).columns.flatMap((column) => column.tasks);
    expect(await cards()).toMatchObject([{ id: task.id, lastRun }]);
    expect(okValue(await detail(board, task.id)).task.lastRun).toMatchObject(lastRun);
    okValue(await updateTask(board, { taskId: task.id, patch: { status: 'done' }, actor: 'ada' }));
    expect(await cards()).toMatchObject([{ id: task.id, lastRun: null }]);
  });

  it('K1 has its columns from left to right, and cards with what they need', async () => {
    await using board = await openTestBoard(database);
    const parent = await board.add({ tenant: 'acme', priority: 5 });
    const child = await board.add({ parents: [parent.id] });
    const run = await board.addClaimed({ assignee: 'beta', priority: 9 });
    await say(board, parent.id, 'hm');
    await change(board.db, (ports) =>
      ports.proposals.insert(makeProposal({ taskId: run.taskId, runId: run.id })),
    );
    board.clock.advance(5_999);
    const seen = await show(board, { includeArchived: false });
    expect(seen.columns.map((column) => column.name)).toEqual([
      'triage',
      'todo',
      'scheduled',
      'ready',
      'running',
      'review',
      'blocked',
      'done',
    ]);
    const cards = new Map(seen.columns.flatMap((column) => column.tasks).map((card) => [card.id, card]));
    expect(cards.get(parent.id)).toMatchObject({
      linkCounts: { parents: 0, children: 1 },
      commentCount: 1,
      progress: { done: 0, total: 1 },
      age: { createdAgeSeconds: 5, startedAgeSeconds: 5, timeToCompleteSeconds: null },
    });
    expect(cards.get(child.id)).toMatchObject({ waitsFor: [parent.id], progress: null });
    expect(cards.get(run.taskId)).toMatchObject({ run: { id: run.id }, pendingApprovals: 1 });
    expect(seen).toMatchObject({ tenants: ['acme'], assignees: ['alpha', 'beta'] });
    expect(seen.latestEventId).toBe(board.events.at(-1)?.seq);
    expect(seen.now).toBe(board.clock.now());
  });

  it('K10 counts by status and by assignee, with the age of the oldest ready task', async () => {
    await using board = await openTestBoard(database);
    expect(okValue(await boardStats(board)).oldestReadyAgeSeconds).toBeNull();
    const first = await board.add();
    board.clock.advance(10_000);
    await board.add({ assignee: '' });
    await updateTask(board, { taskId: first.id, patch: { status: 'blocked' }, actor: 'ada' });
    board.clock.advance(2_500);
    expect(okValue(await boardStats(board))).toEqual({
      byStatus: { blocked: 1, ready: 1 },
      byAssignee: { alpha: { blocked: 1 } },
      oldestReadyAgeSeconds: 2,
      now: board.clock.now(),
    });
  });
});

describe('the board', () => {
  it('K1 shows archived tasks only when asked, and one tenant when asked', async () => {
    await using board = await openTestBoard('sqlite');
    const gone = await board.add({ tenant: 'acme' });
    await board.add();
    await updateTask(board, { taskId: gone.id, patch: { status: 'archived' }, actor: 'ada' });
    const ids = async (query: Parameters<typeof show>[1]) =>
      (await show(board, query)).columns.flatMap((column) => column.tasks.map((card) => card.id));
    expect(await ids({ includeArchived: false })).not.toContain(gone.id);
    expect(await ids(ALL)).toContain(gone.id);
    expect(await ids({ ...ALL, tenant: 'acme' })).toEqual([gone.id]);
    expect(await ids({ ...ALL, tenant: '' })).toHaveLength(2);
  });

  it('K2 shows a task with its comments, relatives and attempts', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const child = await board.add({ parents: [run.taskId] });
    const comment = okValue(await say(board, run.taskId, '  looks good  '));
    const seen = okValue(await detail(board, run.taskId));
    expect(seen).toMatchObject({
      task: { id: run.taskId, run: { id: run.id } },
      comments: [comment],
      links: { parents: [], children: [child.id] },
      runs: [{ id: run.id, attempt: 1 }],
    });
    expect(seen.runs[0]).not.toHaveProperty('journalSeq');
    expect(okValue(await detail(board, child.id)).task.waitsFor).toEqual([run.taskId]);
    expect(codeOf(await detail(board, 't_gone'))).toBe('task_not_found');
  });

  it('K6 takes comments that say something, on tasks that are there', async () => {
    await using board = await openTestBoard('sqlite');
    const { id } = await board.add();
    board.takeKinds();
    expect(okValue(await say(board, id, ' hm '))).toMatchObject({ author: 'dashboard', body: 'hm' });
    expect(codeOf(await say(board, id, ' \n '))).toBe('body_required');
    expect(codeOf(await say(board, 't_gone', 'x'))).toBe('task_not_found');
    expect(board.takeKinds()).toEqual(['task.commented']);
  });

  it('K8 changes many tasks, each on its own', async () => {
    await using board = await openTestBoard('sqlite');
    const [first, running, last] = [
      await board.add(),
      await board.addClaimed({ priority: 9 }),
      await board.add(),
    ];
    const ids = [first.id, 't_gone', running.taskId, '', last.id];
    const bulk = (patch: object) => bulkUpdateTasks(board, { bulk: { ids, ...patch }, actor: 'ada' });
    await updateTask(board, { taskId: first.id, patch: { status: 'ready' }, actor: 'ada' });
    const { results } = okValue(await bulk({ status: 'flying' }));
    expect(results.map((it) => it.ok)).toEqual([false, false, false, false]);
    expect(okValue(await bulk({ priority: 4 })).results).toMatchObject([
      { id: first.id, ok: true },
      { id: 't_gone', ok: false, error: 'task t_gone not found' },
      { id: running.taskId, ok: true },
      { id: last.id, ok: true },
    ]);
    okValue(await bulk({ archive: true, status: 'done' }));
    for (const id of [first.id, running.taskId, last.id]) {
      expect(await board.task(id)).toMatchObject({ status: 'archived', priority: 4 });
    }
    const none = await bulkUpdateTasks(board, { bulk: { ids: [''] }, actor: 'ada' });
    expect(codeOf(none)).toBe('ids_required');
  });

  it('wakes scheduled tasks when their time has come, to todo when a parent is open', async () => {
    await using board = await openTestBoard('sqlite');
    const scheduledAt = board.clock.now() + 1000;
    const free = await board.add({ scheduledAt });
    const bound = await board.add({ scheduledAt });
    const later = await board.add({ scheduledAt: scheduledAt + 1 });
    const parent = await board.add();
    await change(board.db, (ports) => ports.links.insert({ parentId: parent.id, childId: bound.id }, 1));
    await wakeScheduled(board);
    const statuses = async (...ids: TaskId[]) =>
      Promise.all(ids.map(async (id) => (await board.task(id)).status));
    expect(await statuses(free.id, bound.id)).toEqual(['scheduled', 'scheduled']);
    board.clock.advance(1000);
    await wakeScheduled(board);
    expect(await statuses(free.id, bound.id, later.id)).toEqual(['ready', 'todo', 'scheduled']);
  });
});
