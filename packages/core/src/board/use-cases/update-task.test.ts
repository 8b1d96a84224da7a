import type { TaskId } from '@quarterdeck/contract/ids';
import type { TaskPatch } from '@quarterdeck/contract/task';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateTask } from './update-task.ts';

const update = (board: TestBoard, taskId: TaskId, patch: TaskPatch) =>
  updateTask(board, { taskId, patch, actor: 'ada' });
const move = async (board: TestBoard, taskId: TaskId, status: string) =>
  okValue(await update(board, taskId, { status }));

describe.each(TEST_DATABASES)('K4 changing a task on %s', (database) => {
  it('does all of a patch, and tells each kind of change', async () => {
    await using board = await openTestBoard(database);
    const { id } = await board.add();
    board.takeKinds();
    const patch = {
      title: ' New ',
      body: 'b',
      priority: 3,
      result: 'r',
      assignee: 'beta',
      status: 'blocked',
    };
    const task = okValue(await update(board, id, { ...patch, blockReason: 'why' }));
    expect(task).toMatchObject({ ...patch, title: 'New', blockReason: 'why', blockKind: 'other' });
    expect(await board.task(id)).toEqual(task);
    expect(board.takeKinds()).toEqual(['task.assigned', 'task.edited', 'task.blocked']);
  });

  it('does nothing of a patch when one part is refused', async () => {
    await using board = await openTestBoard(database);
    const before = await board.add();
    board.takeKinds();
    const refusals: [TaskPatch, string][] = [
      [{ assignee: 'beta', status: 'running' }, 'transition_refused'],
      [{ assignee: 'beta', status: 'flying' }, 'unknown_status'],
      [{ assignee: 'beta', title: '  ' }, 'title_empty'],
      [{ assignee: 'beta', status: 'scheduled' }, 'schedule_time_required'],
    ];
    for (const [patch, code] of refusals) expect(codeOf(await update(board, before.id, patch))).toBe(code);
    expect(await board.task(before.id)).toEqual(before);
    expect(board.takeKinds()).toEqual([]);
  });
});

describe('K4 changing a task', () => {
  it('unknown tasks are refused, an empty assignee takes it from whoever has it', async () => {
    await using board = await openTestBoard('sqlite');
    const { id } = await board.add();
    expect(codeOf(await update(board, 't_gone' as TaskId, { title: 'x' }))).toBe('task_not_found');
    expect(okValue(await update(board, id, { assignee: '' })).assignee).toBeNull();
  });

  it('is refused another agent while it runs, not another title', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await board.addClaimed();
    expect(codeOf(await update(board, taskId, { assignee: 'beta' }))).toBe('assign_while_running');
    expect(okValue(await update(board, taskId, { assignee: 'alpha', title: 'x' })).title).toBe('x');
  });

  it('that changes nothing says nothing', async () => {
    await using board = await openTestBoard('sqlite');
    const task = await board.add({ body: 'b' });
    board.takeKinds();
    expect(okValue(await update(board, task.id, { body: 'b', status: 'ready', title: task.title }))).toEqual(
      task,
    );
    expect(board.takeKinds()).toEqual([]);
  });

  it('a new agent starts with a clean slate', async () => {
    await using board = await openTestBoard('sqlite');
    const task = await board.add();
    await board.db.write(async (ports) => {
      await ports.tasks.save({ ...task, failureCount: 2, retryAt: 9, lastFailure: 'x' });
      return { ok: true, value: null };
    });
    expect(okValue(await update(board, task.id, { assignee: 'beta' }))).toMatchObject({
      failureCount: 0,
      retryAt: null,
      lastFailure: null,
    });
  });
});

describe.each(TEST_DATABASES)('K5 a drag on %s', (database) => {
  it.each(['ready', 'todo', 'triage', 'blocked', 'done', 'archived', 'review'])(
    'out of running to %s gives up the claim, fences the run and stops its agent',
    async (status) => {
      await using board = await openTestBoard(database);
      const run = await board.addClaimed();
      const task = await move(board, run.taskId, status);
      expect(task).toMatchObject({ status, currentRunId: null, claimLock: null, claimExpiresAt: null });
      expect(await board.run(run.id)).toMatchObject({ status: 'stopping', reportedOutcome: 'stopped' });
      const commands = await board.db.read((ports) => ports.commands.pendingFor(run.runnerId));
      expect(commands.filter((it) => it.runId === run.id).map((it) => it.command.kind)).toContain('stop');
      expect(board.wakes).toContain(run.runnerId);
    },
  );

  it('to done or archived lets children go on, a reopened parent sends ready ones back', async () => {
    await using board = await openTestBoard(database);
    const [first, second] = [await board.add(), await board.add()];
    const child = await board.add({ parents: [first.id, second.id] });
    await move(board, first.id, 'done');
    expect(await board.task(child.id)).toMatchObject({ status: 'todo' });
    await move(board, second.id, 'archived');
    expect(await board.task(child.id)).toMatchObject({ status: 'ready' });
    await move(board, first.id, 'todo');
    expect(await board.task(child.id)).toMatchObject({ status: 'todo', isHeld: false });
    await move(board, first.id, 'done');
    expect(await board.task(child.id)).toMatchObject({ status: 'ready' });
  });

  it('R1 of the last two parents to done at once lets the child go on', async () => {
    await using board = await openTestBoard(database);
    const other = { ...board, db: await board.openServer() };
    const parents = [await board.add(), await board.add()] as const;
    const child = await board.add({ parents: parents.map((it) => it.id) });
    await Promise.all([move(board, parents[0].id, 'done'), move(other, parents[1].id, 'done')]);
    expect(await board.task(child.id)).toMatchObject({ status: 'ready' });
  });
});

describe('K5 a drag', () => {
  it('to todo holds the task: it is not promoted before a person moves it on', async () => {
    await using board = await openTestBoard('sqlite');
    const parent = await board.add();
    const child = await board.add({ parents: [parent.id] });
    await move(board, parent.id, 'done');
    expect(await move(board, child.id, 'todo')).toMatchObject({ isHeld: true });
    await move(board, parent.id, 'todo');
    await move(board, parent.id, 'done');
    expect(await board.task(child.id)).toMatchObject({ status: 'todo', isHeld: true });
    expect(await move(board, child.id, 'ready')).toMatchObject({ status: 'ready', isHeld: false });
  });

  it('to ready is refused before the parents are done, and names them', async () => {
    await using board = await openTestBoard('sqlite');
    const parent = await board.add();
    const child = await board.add({ parents: [parent.id] });
    const refused = await update(board, child.id, { status: 'ready' });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'transition_refused' } });
    expect(refused.ok || refused.refusal.message).toContain(parent.id);
  });

  it('to ready forgets failures, so that it starts at once', async () => {
    await using board = await openTestBoard('sqlite');
    const task = await board.add();
    await board.db.write(async (ports) => {
      await ports.tasks.save({ ...task, status: 'blocked', failureCount: 3, retryAt: 9, lastFailure: 'x' });
      return { ok: true, value: null };
    });
    expect(await move(board, task.id, 'ready')).toMatchObject({
      failureCount: 0,
      retryAt: null,
      lastFailure: null,
      blockReason: null,
    });
  });

  it('is put off by a start time still to come, without a move of its own', async () => {
    await using board = await openTestBoard('sqlite');
    const { id } = await board.add();
    const now = board.clock.now();
    expect(okValue(await update(board, id, { scheduledAt: now - 1 })).status).toBe('ready');
    expect(okValue(await update(board, id, { scheduledAt: now + 1 })).status).toBe('scheduled');
  });

  it('to scheduled needs a time still to come', async () => {
    await using board = await openTestBoard('sqlite');
    const { id } = await board.add();
    const now = board.clock.now();
    const past = await update(board, id, { status: 'scheduled', scheduledAt: now });
    expect(codeOf(past)).toBe('schedule_time_required');
    const later = okValue(await update(board, id, { status: 'scheduled', scheduledAt: now + 1 }));
    expect(later).toMatchObject({ status: 'scheduled', scheduledAt: now + 1 });
  });
});
