import type { RunId, RunnerId, TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

const ids = (runs: readonly { readonly id: string }[]) => runs.map((run) => run.id).toSorted();

describe.each(TEST_DATABASES)('runs on %s', (database) => {
  it('come back as they were written, every field', async () => {
    await using store = await openTestStore(database);
    const run = makeRun({
      usage: { ...makeRun().usage, inputTokens: 5, costSource: 'estimated' },
      diffStat: { files: 1, added: 2, removed: 3 },
      outcome: 'crashed',
      reportedKind: 'capability',
      failureHint: 'rate_limited',
      limitResetAt: 4_102_444_800_000,
      deadlineAt: 12,
      nudges: 2,
      journalSeq: 400,
    });
    await change(store.db, (ports) => ports.runs.insertMany([run]));
    expect(await store.db.read((ports) => ports.runs.find(run.id))).toEqual(run);
    const ended = { ...run, status: 'ended' as const, endedAt: 9, diffStat: null };
    await change(store.db, (ports) => ports.runs.save(ended));
    expect(await store.db.read((ports) => ports.runs.ofTask(run.taskId))).toEqual([ended]);
    expect(await store.db.read((ports) => ports.runs.find('r_gone' as RunId))).toBeNull();
  });

  it('are read and saved many at a time, every field', async () => {
    await using store = await openTestStore(database);
    const runs = [makeRun({ id: 'r_0001' }), makeRun({ id: 'r_0002', taskId: 't_0002' })];
    await change(store.db, (ports) => ports.runs.insertMany(runs));
    const usage = { ...makeRun().usage, inputTokens: 5, costMicros: 7 };
    const worked = runs.map((run) => ({ ...run, activity: `of ${run.id}`, journalSeq: 9, nudges: 1, usage }));
    await change(store.db, (ports) => ports.runs.saveLive(worked));
    const found = await change(store.db, (ports) =>
      ports.runs.findMany(['r_0002', 'r_gone', 'r_0001'] as RunId[]),
    );
    expect(found.toSorted((left, right) => (left.id < right.id ? -1 : 1))).toEqual(worked);
  });

  it('are counted and listed while they live', async () => {
    await using store = await openTestStore(database);
    await change(store.db, (ports) =>
      ports.runs.insertMany([
        makeRun({ id: 'r_0001', claimedAt: 2, attempt: 1, status: 'stopping' }),
        makeRun({ id: 'r_0002', claimedAt: 1, taskId: 't_0002', profile: 'beta', runnerId: 'm_else' }),
        makeRun({ id: 'r_0003', taskId: 't_0003', projectId: 'p_other' as never }),
        makeRun({ id: 'r_dead', attempt: 3, status: 'ended' }),
      ]),
    );
    await store.db.read(async ({ runs }) => {
      expect(ids(await runs.live())).toEqual(['r_0001', 'r_0002', 'r_0003']);
      expect(ids(await runs.liveOfRunner('m_test' as RunnerId))).toEqual(['r_0001', 'r_0003']);
      const counts = await runs.countLive();
      expect(Object.fromEntries(counts.byProfile)).toEqual({ alpha: 2, beta: 1 });
      expect(Object.fromEntries(counts.byProject)).toEqual({ p_general: 2, p_other: 1 });
      expect(Object.fromEntries(counts.byRunner)).toEqual({ m_test: 2, m_else: 1 });
      const attempts = await runs.attemptsOf(['t_0000', 't_0003', 't_none'] as TaskId[]);
      expect(Object.fromEntries(attempts)).toEqual({ t_0000: 3, t_0003: 1 });
      expect((await runs.ofTask('t_0000' as TaskId)).map((run) => run.attempt)).toEqual([1, 3]);
    });
  });

  it('are counted anew after each change, and not counted when the change is taken back', async () => {
    await using store = await openTestStore(database);
    const other = await store.openServer();
    const live = () =>
      store.db.read(async ({ runs }) => Object.fromEntries((await runs.countLive()).byProfile));
    const first = makeRun({ id: 'r_0001' });
    expect(await live()).toEqual({});
    await change(store.db, ({ runs }) =>
      runs.insertMany([first, makeRun({ id: 'r_dead', status: 'ended' })]),
    );
    expect(await live()).toEqual({ alpha: 1 });
    await store.db.write(async ({ runs }) => {
      await runs.insertMany([makeRun({ id: 'r_0002', taskId: 't_0002' })]);
      expect((await runs.countLive()).byProfile.get('alpha')).toBe(2);
      return refuse('task_not_found', { taskId: 't_0002' });
    });
    expect(await live()).toEqual({ alpha: 1 });
    await change(other, ({ runs }) => runs.insertMany([makeRun({ id: 'r_0003', taskId: 't_0003' })]));
    expect(await live()).toEqual({ alpha: 2 });
    await change(store.db, ({ runs }) => runs.save({ ...first, status: 'ended' }));
    expect(await live()).toEqual({ alpha: 1 });
  });

  it('K16 are due by deadline or lease, and say when the next one is', async () => {
    await using store = await openTestStore(database);
    expect(await store.db.read((ports) => ports.runs.nextDueAt())).toBeNull();
    await change(store.db, (ports) =>
      ports.runs.insertMany([
        makeRun({ id: 'r_0001', deadlineAt: 100, leaseExpiresAt: 900 }),
        makeRun({ id: 'r_0002', taskId: 't_0002', deadlineAt: null, leaseExpiresAt: 200 }),
        makeRun({ id: 'r_dead', taskId: 't_0003', deadlineAt: 1, leaseExpiresAt: 1, status: 'ended' }),
      ]),
    );
    const due = (now: number) => store.db.read(async (ports) => ids(await ports.runs.due(now)));
    expect(await due(99)).toEqual([]);
    expect(await due(100)).toEqual(['r_0001']);
    expect(await due(200)).toEqual(['r_0001', 'r_0002']);
    expect(await store.db.read((ports) => ports.runs.nextDueAt())).toBe(100);
  });

  it('K16 a runner renews the leases of its own live runs, and of nobody else', async () => {
    await using store = await openTestStore(database);
    const task = (id: string, run: string) =>
      makeTask({ id, status: 'running', currentRunId: run as RunId, claimExpiresAt: 50 });
    await change(store.db, async (ports) => {
      await ports.tasks.insert(task('t_0001', 'r_mine'));
      await ports.tasks.insert(task('t_0002', 'r_them'));
      await ports.runs.insertMany([
        makeRun({ id: 'r_mine', taskId: 't_0001', leaseExpiresAt: 50 }),
        makeRun({ id: 'r_them', taskId: 't_0002', runnerId: 'm_else', leaseExpiresAt: 50 }),
        makeRun({ id: 'r_dead', taskId: 't_0003', status: 'ended', leaseExpiresAt: 50 }),
      ]);
      const all = ['r_mine', 'r_them', 'r_dead', 'r_gone'] as RunId[];
      await ports.runs.extendLeases('m_test' as RunnerId, all, { at: 10, expiresAt: 90 });
      await ports.runs.extendLeases('m_test' as RunnerId, [], { at: 10, expiresAt: 99 });
    });
    await store.db.read(async ({ runs, tasks }) => {
      expect(await runs.find('r_mine' as RunId)).toMatchObject({ leaseExpiresAt: 90, heartbeatAt: 10 });
      expect(await runs.find('r_them' as RunId)).toMatchObject({ leaseExpiresAt: 50, heartbeatAt: null });
      expect(await runs.find('r_dead' as RunId)).toMatchObject({ leaseExpiresAt: 50 });
      expect(await tasks.find('t_0001' as TaskId)).toMatchObject({ claimExpiresAt: 90 });
      expect(await tasks.find('t_0002' as TaskId)).toMatchObject({ claimExpiresAt: 50 });
    });
  });
});
