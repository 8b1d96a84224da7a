import type { TaskId } from '@quarterdeck/contract/ids';
import type { TaskSeen } from '@quarterdeck/contract/seen';
import type { Task, TaskPatch } from '@quarterdeck/contract/task';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { bulkUpdateTasks } from './bulk-update-tasks.ts';
import { updateTask } from './update-task.ts';

type Field = keyof TaskSeen;

/** For each field that can be changed: what it is at first, what one person makes of it, and what the other does. */
const FIELDS: Readonly<Record<Field, { first?: TaskPatch; one: TaskPatch; other: TaskPatch }>> = {
  status: { one: { status: 'todo' }, other: { status: 'done' } },
  assignee: { one: { assignee: 'beta' }, other: { assignee: '' } },
  priority: { one: { priority: 5 }, other: { priority: -5 } },
  title: { one: { title: 'One' }, other: { title: 'Other' } },
  body: { first: { body: 'first' }, one: { body: 'one' }, other: { body: '' } },
  result: { one: { result: 'one' }, other: { result: 'other' } },
  blockReason: {
    first: { status: 'blocked', blockReason: 'first' },
    one: { blockReason: 'one' },
    other: { blockReason: '' },
  },
  scheduledAt: {
    one: { scheduledAt: 9_000_000_000_000, status: 'scheduled' },
    other: { scheduledAt: 9_100_000_000_000, status: 'scheduled' },
  },
  labels: { one: { labels: ['a'] }, other: { labels: ['b'] } },
  reviewer: { first: { reviewer: 'rob' }, one: { reviewer: 'eve' }, other: { reviewer: '' } },
  budgetMicros: {
    first: { budgetMicros: 10 },
    one: { budgetMicros: 20 },
    other: { budgetMicros: 0 },
  },
  model: { first: { model: 'a' }, one: { model: 'b' }, other: { model: '' } },
  effort: { first: { effort: 'low' }, one: { effort: 'high' }, other: { effort: '' } },
};
const names = Object.keys(FIELDS) as Field[];

/** What somebody who looks at a task now would send along with a patch. */
function sees(task: Task, patch: TaskPatch): TaskSeen {
  return Object.fromEntries(Object.keys(patch).map((key) => [key, task[key as Field]]));
}

const update = (board: TestBoard, by: { taskId: TaskId; patch: TaskPatch; actor: string }) =>
  updateTask(board, by);

async function made(board: TestBoard, ...fields: readonly Field[]): Promise<Task> {
  const { id } = await board.add();
  for (const field of fields) {
    const { first } = FIELDS[field];
    if (first) okValue(await update(board, { taskId: id, patch: first, actor: 'ada' }));
  }
  return (await board.task(id)) as Task;
}

describe.each(TEST_DATABASES)('W4: two people who saw the same task, on %s', (database) => {
  it.each(names)('the second who changes %s is told who was first, and changes nothing', async (field) => {
    await using board = await openTestBoard(database);
    const seen = await made(board, field);
    const { one, other } = FIELDS[field];
    const taskId = seen.id;
    okValue(await update(board, { taskId, patch: { ...one, seen: sees(seen, one) }, actor: 'mia' }));
    const after = await board.task(taskId);
    board.takeKinds();
    const late = await update(board, { taskId, patch: { ...other, seen: sees(seen, other) }, actor: 'tom' });
    expect(late).toMatchObject({
      ok: false,
      refusal: {
        code: 'changed_meanwhile',
        message: expect.stringMatching(/^mia changed .+ meanwhile\. Look at it again, then decide\.$/),
        details: { by: 'mia', fields: expect.arrayContaining([field]) },
      },
    });
    expect(await board.task(taskId)).toEqual(after);
    expect(board.takeKinds()).toEqual([]);
  });
});

describe('W4: what is seen of a task', () => {
  it.each(
    names.flatMap((field) =>
      names.filter((other) => other !== field).map((other) => [field, other] as const),
    ),
  )('%s and %s changed by two people are both kept', async (field, other) => {
    // Each of these writes the other's field as well.
    const pair = [field, other];
    if (pair.includes('scheduledAt') && pair.includes('status')) return;
    if (pair.includes('blockReason') && (pair.includes('status') || pair.includes('scheduledAt'))) return;
    await using board = await openTestBoard('sqlite');
    const seen = await made(board, field, other);
    const taskId = seen.id;
    for (const [which, actor] of [
      [field, 'mia'],
      [other, 'tom'],
    ] as const) {
      const patch = FIELDS[which].one;
      okValue(await update(board, { taskId, patch: { ...patch, seen: sees(seen, patch) }, actor }));
    }
    expect(await board.task(taskId)).toMatchObject({ ...FIELDS[field].one, ...FIELDS[other].one });
  });

  it.each(names)('%s set twice to the same value is no conflict', async (field) => {
    await using board = await openTestBoard('sqlite');
    const seen = await made(board, field);
    const patch = { ...FIELDS[field].one, seen: sees(seen, FIELDS[field].one) };
    const once = okValue(await update(board, { taskId: seen.id, patch, actor: 'mia' }));
    expect(okValue(await update(board, { taskId: seen.id, patch, actor: 'tom' }))).toEqual(once);
  });

  it('has to name every field that is replaced, and may name more', async () => {
    await using board = await openTestBoard('sqlite');
    const { id: taskId, title, priority } = await board.add();
    const patch = { title: 'New', priority: 4 };
    expect(codeOf(await update(board, { taskId, patch: { ...patch, seen: { title } }, actor: 'mia' }))).toBe(
      'invalid_input',
    );
    const whole = { title, priority, body: 'stale, but not replaced' };
    okValue(await update(board, { taskId, patch: { ...patch, seen: whole }, actor: 'mia' }));
    expect(await board.task(taskId)).toMatchObject(patch);
  });

  it('a dispatcher that took the task meanwhile is told of too', async () => {
    await using board = await openTestBoard('sqlite');
    const { id: taskId } = await board.add();
    okValue(await update(board, { taskId, patch: { status: 'done' }, actor: 'dispatcher' }));
    const moved = await update(board, {
      taskId,
      patch: { status: 'todo', seen: { status: 'ready' } },
      actor: 'mia',
    });
    expect(codeOf(moved)).toBe('changed_meanwhile');
  });

  it('of many tasks only those are changed that still are as they were seen', async () => {
    await using board = await openTestBoard('sqlite');
    const [one, two] = [await board.add(), await board.add()];
    okValue(await update(board, { taskId: two.id, patch: { assignee: 'mia' }, actor: 'mia' }));
    const seen = { [one.id]: { assignee: one.assignee }, [two.id]: { assignee: two.assignee } };
    const bulk = { ids: [one.id, two.id], assignee: 'beta', seen };
    const { results } = okValue(await bulkUpdateTasks(board, { bulk, actor: 'tom' }));
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    expect(results[1]?.error).toMatch(/^mia changed the assignee/);
    expect((await board.task(two.id))?.assignee).toBe('mia');
  });

  it.each([
    ['nothing', {}],
    ['only another', { t_0002: { priority: 0 } }],
  ])('of many tasks none is changed of which %s was seen', async (_, seen) => {
    await using board = await openTestBoard('sqlite');
    const { id, priority } = await board.add();
    const { results } = okValue(
      await bulkUpdateTasks(board, { bulk: { ids: [id], priority: 7, seen }, actor: 'tom' }),
    );
    expect(results).toEqual([{ id, ok: false, error: expect.stringContaining('the priority') }]);
    expect((await board.task(id))?.priority).toBe(priority);
  });

  it('labels that are added or taken away replace nobody else’s', async () => {
    await using board = await openTestBoard('sqlite');
    const { id } = await board.add();
    okValue(await bulkUpdateTasks(board, { bulk: { ids: [id], addLabels: ['a'] }, actor: 'mia' }));
    const bulk = { ids: [id], addLabels: ['b'], seen: { [id]: {} } };
    okValue(await bulkUpdateTasks(board, { bulk, actor: 'tom' }));
    expect((await board.task(id))?.labels).toEqual(['a', 'b']);
  });
});
