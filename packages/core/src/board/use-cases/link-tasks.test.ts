import type { TaskId } from '@quarterdeck/contract/ids';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { linkTasks } from './link-tasks.ts';
import { unlinkTasks } from './unlink-tasks.ts';

const link = (board: TestBoard, parentId: string, childId: string) =>
  linkTasks(board, { parentId, childId, actor: 'ada' });
const unlink = (board: TestBoard, parentId: string, childId: string) =>
  unlinkTasks(board, { parentId, childId, actor: 'ada' });
const threeTasks = async (board: TestBoard) =>
  [(await board.add()).id, (await board.add()).id, (await board.add()).id] as const;

describe.each(TEST_DATABASES)('K7 links on %s', (database) => {
  it('an open parent sends a ready child back, and without it the child is ready again', async () => {
    await using board = await openTestBoard(database);
    const [parent, child] = await threeTasks(board);
    board.takeKinds();
    okValue(await link(board, parent, child));
    expect(await board.task(child)).toMatchObject({ status: 'todo', isHeld: false });
    expect(okValue(await unlink(board, parent, child))).toEqual({ ok: true });
    expect(await board.task(child)).toMatchObject({ status: 'ready' });
    expect(okValue(await unlink(board, parent, child))).toEqual({ ok: false });
    expect(board.takeKinds()).toEqual(['task.linked', 'task.demoted', 'task.unlinked', 'task.promoted']);
  });

  it('refuses itself, unknown tasks and a link that is there', async () => {
    await using board = await openTestBoard(database);
    const [parent, child] = await threeTasks(board);
    okValue(await link(board, parent, child));
    board.takeKinds();
    expect(codeOf(await link(board, parent, parent))).toBe('link_self');
    expect(codeOf(await link(board, 't_gone', child))).toBe('link_unknown_task');
    expect(codeOf(await link(board, parent, 't_gone'))).toBe('link_unknown_task');
    expect(codeOf(await link(board, parent, child))).toBe('link_duplicate');
    expect(board.takeKinds()).toEqual([]);
  });

  it('refuses a cycle and names it', async () => {
    await using board = await openTestBoard(database);
    const [first, second, third] = await threeTasks(board);
    okValue(await link(board, first, second));
    okValue(await link(board, second, third));
    const refused = await link(board, third, first);
    expect(codeOf(refused)).toBe('link_cycle');
    const named = `${third} → ${first} → ${second} → ${third}`;
    expect(refused.ok || refused.refusal.message).toContain(named);
  });

  it('R1 never closes a cycle from two servers at once', async () => {
    await using board = await openTestBoard(database);
    const other = { ...board, db: await board.openServer() };
    for (let round = 0; round < 3; round += 1) {
      const [first, second, third] = await threeTasks(board);
      const made = await Promise.all([
        link(board, first, second),
        link(other, second, third),
        link(board, third, first),
      ]);
      expect(made.map(codeOf).toSorted()).toEqual(['link_cycle', null, null].toSorted());
    }
  });
});

describe('K7 links', () => {
  it('of a running child wait for its run; its next attempt waits for the parent', async () => {
    await using board = await openTestBoard('sqlite');
    const parent = await board.add({ assignee: 'nobody' });
    const run = await board.addClaimed();
    okValue(await link(board, parent.id, run.taskId));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'running', currentRunId: run.id });
  });

  it('a long chain is followed to its end', async () => {
    await using board = await openTestBoard('sqlite');
    const chain: TaskId[] = [(await board.add()).id];
    for (let index = 0; index < 60; index += 1) {
      chain.push((await board.add({ parents: [chain.at(-1) ?? ''] })).id);
    }
    expect(codeOf(await link(board, chain.at(-1) ?? '', chain[0] ?? ''))).toBe('link_cycle');
  });
});
