import type { TaskId } from '@quarterdeck/contract/ids';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { Store } from '../open-store.ts';

const ids = (tasks: readonly { readonly id: string }[]) => tasks.map((task) => task.id);
const ANY = {
  exceptPairs: [],
  assignees: ['alpha', 'beta'],
  exceptProjects: [],
  exceptTasks: [],
  now: 1000,
  limit: 100,
};

async function insertAll(db: Store, ...tasks: ReturnType<typeof makeTask>[]): Promise<void> {
  await change(db, async (ports) => {
    for (const task of tasks) await ports.tasks.insert(task);
  });
}

describe.each(TEST_DATABASES)('tasks on %s', (database) => {
  it('come back as they were written, every field', async () => {
    await using store = await openTestStore(database);
    const full = makeTask({
      id: 't_full',
      body: 'Emoji 🦉, "quotes", עברית\nand lines',
      tenant: 'acme',
      workspaceKind: 'dir',
      workspacePath: '/srv/a b',
      branch: 'x',
      startedAt: 4_102_444_800_000,
      completedAt: 2,
      scheduledAt: 3,
      result: '',
      blockReason: "it's",
      blockKind: 'needs_input',
      idempotencyKey: 'k',
      currentRunId: 'r_0001' as never,
      claimLock: 'm:r',
      claimExpiresAt: 9,
      failureCount: 2,
      lastFailure: 'x',
      retryAt: 5,
      isHeld: true,
      priority: -7,
    });
    const bare = makeTask({ id: 't_bare' });
    await insertAll(store.db, full, bare);
    const read = await store.db.read((ports) => ports.tasks.findMany(['t_full', 't_bare', 't_gone']));
    expect(read.toSorted((a, b) => b.id.localeCompare(a.id))).toEqual([full, bare]);
    const changed = { ...full, title: 'Other', isHeld: false, priority: 9, result: null };
    await change(store.db, (ports) => ports.tasks.save(changed));
    expect(await store.db.read((ports) => ports.tasks.find(full.id))).toEqual(changed);
    expect(await store.db.read((ports) => ports.tasks.find('t_gone' as TaskId))).toBeNull();
  });

  it('K3 one task per idempotency key and project, also when two writes race', async () => {
    await using store = await openTestStore(database);
    const servers = [store.db, await store.openServer()];
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        change(servers[index % 2] as Store, (ports) =>
          ports.tasks.insert(makeTask({ id: `t_race${index}`, idempotencyKey: 'same' })),
        ),
      ),
    );
    expect(made.filter((it) => it.isNew)).toHaveLength(1);
    expect(new Set(made.map((it) => it.task.id)).size).toBe(1);
    const elsewhere = makeTask({ id: 't_other', projectId: 'p_other' as never, idempotencyKey: 'same' });
    const second = await change(store.db, (ports) => ports.tasks.insert(elsewhere));
    expect(second.isNew).toBe(true);
  });

  it('without an idempotency key never collide', async () => {
    await using store = await openTestStore(database);
    await insertAll(store.db, makeTask({ id: 't_0001' }), makeTask({ id: 't_0002' }));
    expect(await store.db.read((ports) => ports.tasks.list({ includeArchived: true }))).toHaveLength(2);
  });

  it('K1 are listed by priority, then age, then id, with tenant, project and archive filters', async () => {
    await using store = await openTestStore(database);
    await insertAll(
      store.db,
      makeTask({ id: 't_bbbb', createdAt: 2 }),
      makeTask({ id: 't_aaaa', createdAt: 2, tenant: 'acme' }),
      makeTask({ id: 't_oldd', createdAt: 1, projectId: 'p_other' as never, tenant: 'zeta' }),
      makeTask({ id: 't_high', createdAt: 3, priority: 5, assignee: null }),
      makeTask({ id: 't_gone', createdAt: 1, priority: 9, status: 'archived', assignee: 'retired' }),
    );
    const list = (filter: object) =>
      store.db.read(async (ports) => ids(await ports.tasks.list({ includeArchived: false, ...filter })));
    expect(await list({})).toEqual(['t_high', 't_oldd', 't_aaaa', 't_bbbb']);
    expect(await list({ includeArchived: true })).toEqual(['t_gone', 't_high', 't_oldd', 't_aaaa', 't_bbbb']);
    expect(await list({ tenant: 'acme' })).toEqual(['t_aaaa']);
    expect(await list({ projectId: 'p_other' })).toEqual(['t_oldd']);
    expect(await store.db.read((ports) => ports.tasks.tenants())).toEqual(['acme', 'zeta']);
    expect(await store.db.read((ports) => ports.tasks.assignees())).toEqual(['alpha']);
  });

  it('K10 are counted by status and assignee, archived ones apart', async () => {
    await using store = await openTestStore(database);
    await insertAll(
      store.db,
      makeTask({ id: 't_0001', createdAt: 50 }),
      makeTask({ id: 't_0002', createdAt: 20, assignee: 'beta' }),
      makeTask({ id: 't_0003', createdAt: 10, status: 'todo', assignee: null }),
      makeTask({ id: 't_0004', createdAt: 1, status: 'archived' }),
    );
    expect(await store.db.read((ports) => ports.tasks.stats())).toEqual({
      byStatus: { ready: 2, todo: 1 },
      byAssignee: { alpha: { ready: 1 }, beta: { ready: 1 } },
      oldestReadyAt: 20,
    });
  });

  it('K16 are taken in dispatch order, without those that cannot run now', async () => {
    await using store = await openTestStore(database);
    await insertAll(
      store.db,
      makeTask({ id: 't_late', createdAt: 5 }),
      makeTask({ id: 't_soon', createdAt: 4, assignee: 'beta' }),
      makeTask({ id: 't_high', createdAt: 9, priority: 1, retryAt: 1000 }),
      makeTask({ id: 't_wait', retryAt: 1001 }),
      makeTask({ id: 't_none', assignee: null }),
      makeTask({ id: 't_them', assignee: 'gamma' }),
      makeTask({ id: 't_full', projectId: 'p_full' as never }),
      makeTask({ id: 't_todo', status: 'todo' }),
      makeTask({ id: 't_live' }),
      makeTask({ id: 't_dead', createdAt: 10 }),
    );
    await change(store.db, (ports) =>
      ports.runs.insertMany([
        makeRun({ id: 'r_live', taskId: 't_live', status: 'stopping' }),
        makeRun({ id: 'r_dead', taskId: 't_dead', status: 'ended' }),
      ]),
    );
    const take = (filter: object) =>
      change(store.db, async (ports) => ids(await ports.tasks.takeReady({ ...ANY, ...filter })));
    const exceptProjects = ['p_full'];
    expect(await take({ exceptProjects })).toEqual(['t_high', 't_soon', 't_late', 't_dead']);
    expect(await take({ exceptProjects, limit: 2 })).toEqual(['t_high', 't_soon']);
    expect(await take({ exceptProjects, assignees: ['beta'] })).toEqual(['t_soon']);
    expect(await take({ assignees: [] })).toEqual([]);
    const exceptTasks = ['t_high', 't_late'];
    expect(await take({ exceptProjects, exceptTasks })).toEqual(['t_soon', 't_dead']);
    expect(await store.db.read(async (ports) => (await ports.tasks.ready(3)).length)).toBe(3);
  });

  it('K16 taken by one transaction are passed over by another until it ends', async () => {
    await using store = await openTestStore(database);
    const other = await store.openServer();
    await insertAll(store.db, makeTask({ id: 't_0001', createdAt: 1 }), makeTask({ id: 't_0002' }));
    const taken: string[][] = [];
    const claim = async (db: Store, meanwhile: () => Promise<unknown>) =>
      change(db, async (ports) => {
        const tasks = await ports.tasks.takeReady({ ...ANY, limit: 1 });
        taken.push(ids(tasks));
        await ports.tasks.saveMany(tasks.map((task) => ({ ...task, status: 'running' as const })));
        await meanwhile();
      });
    const later: { done: Promise<unknown> }[] = [];
    await claim(store.db, async () => {
      later.push(await store.overtake(() => claim(other, async () => undefined)));
    });
    await later[0]?.done;
    expect(taken).toEqual([['t_0001'], ['t_0002']]);
  });

  it('saveMany moves what a claim moves, over many chunks', async () => {
    await using store = await openTestStore(database);
    const many = Array.from({ length: 1500 }, (_, index) =>
      makeTask({ id: `t_${String(index).padStart(5, '0')}`, retryAt: 1, scheduledAt: 3 }),
    );
    await change(store.db, (ports) => ports.tasks.saveMany(many));
    const claimed = many.map((task) => ({
      ...task,
      status: 'running' as const,
      currentRunId: `r_${task.id.slice(2)}` as never,
      claimLock: 'lock',
      claimExpiresAt: 7,
      startedAt: 6,
      updatedAt: 6,
      retryAt: null,
      scheduledAt: null,
    }));
    await change(store.db, (ports) => ports.tasks.saveMany(claimed));
    expect(await store.db.read((ports) => ports.tasks.findMany(ids(many)))).toEqual(claimed);
    await change(store.db, (ports) => ports.tasks.saveMany([]));
    const [known = makeTask()] = claimed;
    const [ended, made] = [{ ...known, status: 'done' as const }, makeTask({ id: 't_made', tenant: 'acme' })];
    await change(store.db, (ports) => ports.tasks.saveMany([ended, made]));
    expect(await store.db.read((ports) => ports.tasks.findMany([known.id, 't_made']))).toEqual([ended, made]);
  });

  it('know which scheduled ones are due and when the next thing is', async () => {
    await using store = await openTestStore(database);
    expect(await store.db.read((ports) => ports.tasks.nextDueAt(0))).toBeNull();
    await insertAll(
      store.db,
      makeTask({ id: 't_0001', status: 'scheduled', scheduledAt: 100 }),
      makeTask({ id: 't_0002', status: 'scheduled', scheduledAt: 300 }),
      makeTask({ id: 't_0003', status: 'todo', scheduledAt: 50 }),
      makeTask({ id: 't_0004', retryAt: 90 }),
      makeTask({ id: 't_0005', retryAt: 200 }),
    );
    const due = (now: number) => store.db.read(async (ports) => ids(await ports.tasks.dueScheduled(now)));
    expect(await due(99)).toEqual([]);
    expect(await due(100)).toEqual(['t_0001']);
    expect(await store.db.read((ports) => ports.tasks.nextDueAt(80))).toBe(90);
    expect(await store.db.read((ports) => ports.tasks.nextDueAt(90))).toBe(100);
  });
});
