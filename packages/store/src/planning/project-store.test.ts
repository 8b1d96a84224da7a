import type { ProjectId, RunnerId } from '@quarterdeck/contract/ids';
import { makeProject } from '@quarterdeck/testkit/factories/make-project';
import { makeAgent, makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

describe.each(TEST_DATABASES)('projects on %s', (database) => {
  it('are one per path, come back as written and in the order they were added', async () => {
    await using store = await openTestStore(database);
    const first = makeProject({ id: 'p_first', maxConcurrentRuns: 0, createdAt: 1, kind: 'git' });
    const second = makeProject({ id: 'p_second', createdAt: 2, setupCommand: 'npm ci' });
    await change(store.db, async ({ projects }) => {
      expect(await projects.insert(second)).toBe(true);
      expect(await projects.insert(first)).toBe(true);
      expect(await projects.insert(makeProject({ id: 'p_third', path: first.path }))).toBe(false);
    });
    const renamed = { ...second, name: 'Renamed', maxConcurrentRuns: 3 };
    await change(store.db, ({ projects }) => projects.save(renamed));
    await store.db.read(async ({ projects }) => {
      expect(await projects.list()).toEqual([first, renamed]);
      expect(await projects.find('p_third' as ProjectId)).toBeNull();
      expect(await projects.findByPath(first.path)).toEqual(first);
      expect(await projects.findByPath('/srv/none')).toBeNull();
    });
  });
});

describe.each(TEST_DATABASES)('runners on %s', (database) => {
  it('are saved over and listed by name', async () => {
    await using store = await openTestStore(database);
    const zed = makeRunner({ id: 'm_zedd', agents: [makeAgent('alpha', { remedy: 'sign in' })] });
    const abe = makeRunner({ id: 'm_abel', lastSeenAt: null, isConnected: false, agents: [] });
    await change(store.db, async ({ runners }) => {
      await runners.save(zed);
      await runners.save(abe);
      await runners.save({ ...zed, capacity: 9 });
    });
    expect(await store.db.read(({ runners }) => runners.list())).toEqual([abe, { ...zed, capacity: 9 }]);
    expect(await store.db.read(({ runners }) => runners.find('m_gone' as RunnerId))).toBeNull();
  });
});
