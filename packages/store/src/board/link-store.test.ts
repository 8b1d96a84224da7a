import type { TaskId } from '@quarterdeck/contract/ids';
import type { TaskStatus } from '@quarterdeck/contract/status';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

const link = (parent: string, child: string) => ({ parentId: parent as TaskId, childId: child as TaskId });

describe.each(TEST_DATABASES)('links on %s', (database) => {
  it('K7 are kept once, listed from both ends and taken away once', async () => {
    await using store = await openTestStore(database);
    await change(store.db, async ({ links }) => {
      expect(await links.insert(link('t_bbbb', 't_cccc'), 1)).toBe(true);
      expect(await links.insert(link('t_bbbb', 't_cccc'), 2)).toBe(false);
      expect(await links.insert(link('t_aaaa', 't_cccc'), 3)).toBe(true);
      expect(await links.insert(link('t_aaaa', 't_dddd'), 3)).toBe(true);
    });
    await store.db.read(async ({ links }) => {
      expect(await links.parentsOf('t_cccc' as TaskId)).toEqual(['t_aaaa', 't_bbbb']);
      expect(await links.childrenOf(['t_aaaa' as TaskId])).toEqual([
        link('t_aaaa', 't_cccc'),
        link('t_aaaa', 't_dddd'),
      ]);
      expect(await links.childrenOf([])).toEqual([]);
      expect(await links.all()).toHaveLength(3);
    });
    await change(store.db, async ({ links }) => {
      expect(await links.remove(link('t_bbbb', 't_cccc'))).toBe(true);
      expect(await links.remove(link('t_bbbb', 't_cccc'))).toBe(false);
    });
  });

  it('know which parents still hold a task back', async () => {
    await using store = await openTestStore(database);
    const statuses: readonly TaskStatus[] = ['todo', 'running', 'review', 'done', 'archived'];
    const open = await change(store.db, async ({ links, tasks }) => {
      for (const status of statuses) {
        await tasks.insert(makeTask({ id: `t_${status}`, status }));
        await links.insert(link(`t_${status}`, 't_child'), 1);
      }
      return links.openParentsOf('t_child' as TaskId);
    });
    expect(open).toEqual(['t_review', 't_running', 't_todo']);
  });
});

describe.each(TEST_DATABASES)('comments on %s', (database) => {
  it('K6 stay in the order they were written and are counted by task', async () => {
    await using store = await openTestStore(database);
    const taskId = 't_0001' as TaskId;
    const written = await change(store.db, async ({ comments }) => [
      await comments.insert({ taskId, author: 'ada', body: 'second thought', createdAt: 5 }),
      await comments.insert({ taskId, author: 'bob', body: 'earlier clock', createdAt: 1 }),
      await comments.insert({ taskId: 't_0002' as TaskId, author: 'ada', body: 'elsewhere', createdAt: 1 }),
    ]);
    expect(await store.db.read(({ comments }) => comments.ofTask(taskId))).toEqual(written.slice(0, 2));
    expect(await store.db.read(({ comments }) => comments.counts())).toEqual(
      new Map([
        ['t_0001', 2],
        ['t_0002', 1],
      ]),
    );
  });
});
