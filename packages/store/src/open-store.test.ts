import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventDraft } from '@quarterdeck/contract/event';
import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { makeProject } from '@quarterdeck/testkit/factories/make-project';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { openStore } from './open-store.ts';

const added: EventDraft = {
  kind: 'project.added',
  actor: 'ada',
  taskId: null,
  projectId: makeProject().id,
  runId: null,
  payload: { project: makeProject() },
};

describe.each(TEST_DATABASES)('a transaction on %s', (database) => {
  it('changes nothing and tells nobody when its work refuses or throws', async () => {
    await using store = await openTestStore(database);
    const attempt = (end: () => ReturnType<typeof refuse>) =>
      store.db.write(async (ports) => {
        await ports.projects.insert(makeProject());
        await ports.tasks.insert(makeTask());
        await ports.events.append([added], 1);
        return end();
      });
    expect(await attempt(() => refuse('title_empty'))).toMatchObject({
      ok: false,
      refusal: { code: 'title_empty' },
    });
    const thrown = attempt(() => {
      throw new Error('a bug');
    });
    await expect(thrown).rejects.toThrow('a bug');
    await store.db.read(async (ports) => {
      expect(await ports.projects.list()).toEqual([]);
      expect(await ports.tasks.list({ includeArchived: true })).toEqual([]);
      expect(await ports.events.latestSeq()).toBe(0);
    });
    expect(store.events).toEqual([]);
  });

  it('is alone with what it read: two that count on the same row do not lose a change', async () => {
    await using store = await openTestStore(database);
    const servers = [store.db, await store.openServer()];
    const taskId = 't_0000' as TaskId;
    await change(store.db, (ports) => ports.tasks.insert(makeTask()));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        change(servers[index % 2] ?? store.db, async (ports) => {
          const task = await ports.tasks.find(taskId);
          if (task) await ports.tasks.save({ ...task, priority: task.priority + 1 });
        }),
      ),
    );
    expect(await store.db.read((ports) => ports.tasks.find(taskId))).toMatchObject({ priority: 20 });
  });

  it('is tried again when it ran into another one', async () => {
    await using store = await openTestStore(database);
    const servers = [store.db, await store.openServer()];
    await change(store.db, async (ports) => {
      for (const id of ['t_0001', 't_0002']) await ports.tasks.insert(makeTask({ id }));
    });
    const inOrder = (order: readonly string[], index: number) =>
      change(servers[index % 2] ?? store.db, async (ports) => {
        for (const id of order) {
          const task = await ports.tasks.find(id as TaskId);
          if (task) await ports.tasks.save({ ...task, priority: task.priority + 1 });
        }
      });
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        inOrder(index % 2 === 0 ? ['t_0001', 't_0002'] : ['t_0002', 't_0001'], index),
      ),
    );
    const tasks = await store.db.read((ports) => ports.tasks.findMany(['t_0001', 't_0002']));
    expect(tasks.map((task) => task.priority)).toEqual([8, 8]);
  });

  it('that acts on due runs has them to itself', async () => {
    await using store = await openTestStore(database);
    const other = await store.openServer();
    const runId = 'r_0000' as RunId;
    await change(store.db, (ports) => ports.runs.insertMany([makeRun({ leaseExpiresAt: 1 })]));
    const overtaking = await change(store.db, async (ports) => {
      const [run = makeRun()] = await ports.runs.due(5);
      const meanwhile = await store.overtake(() =>
        change(other, async (its) => {
          const same = await its.runs.find(runId);
          if (same) await its.runs.save({ ...same, nudges: same.nudges + 1 });
        }),
      );
      await ports.runs.save({ ...run, nudges: run.nudges + 1 });
      return meanwhile;
    });
    await overtaking.done;
    expect(await store.db.read((ports) => ports.runs.find(runId))).toMatchObject({ nudges: 2 });
  });

  it('that acts on due tasks has them to itself', async () => {
    await using store = await openTestStore(database);
    const other = await store.openServer();
    const due = makeTask({ status: 'scheduled', scheduledAt: 1 });
    await change(store.db, (ports) => ports.tasks.insert(due));
    const overtaking = await change(store.db, async (ports) => {
      const [task = due] = await ports.tasks.dueScheduled(5);
      const meanwhile = await store.overtake(() =>
        change(other, async (its) => {
          const same = await its.tasks.find(due.id);
          if (same) await its.tasks.save({ ...same, priority: same.priority + 1 });
        }),
      );
      await ports.tasks.save({ ...task, priority: task.priority + 1 });
      return meanwhile;
    });
    await overtaking.done;
    expect(await store.db.read((ports) => ports.tasks.find(due.id))).toMatchObject({ priority: 2 });
  });

  it('R9 keeps text with a NUL in it instead of failing', async () => {
    await using store = await openTestStore(database);
    const error = 'binary \u0000 output';
    await change(store.db, (ports) => ports.runs.insertMany([makeRun({ error })]));
    const run = await store.db.read((ports) => ports.runs.find('r_0000' as RunId));
    expect(run?.error).toMatch(/^binary . output$/su);
    expect(await store.db.read((ports) => ports.tasks.findMany(['t_\u0000']))).toEqual([]);
  });

  it('R9 keeps what looks like an escape, and the rest of a text that has half a character in it', async () => {
    await using store = await openTestStore(database);
    const honest = makeRun({ id: 'r_0001', error: 'a \\u0000 and a \\ud83d, "quoted"\n🦉' });
    const broken = makeRun({ id: 'r_0002', taskId: 't_0002', error: 'half an owl: \ud83e!' });
    await change(store.db, (ports) => ports.runs.insertMany([honest, broken]));
    const found = await store.db.read((ports) => ports.runs.live());
    expect(found.find((run) => run.id === honest.id)).toEqual(honest);
    expect(found.find((run) => run.id === broken.id)?.error).toMatch(/^half an owl: .+!$/su);
  });
});

describe('an SQLite file', () => {
  it('K14 is made on first use, and keeps what was committed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-store-'));
    const url = join(folder, 'board.db');
    try {
      const first = await openStore({ url, onCommit: () => undefined });
      await first.write(async (ports) => {
        await ports.tasks.insert(makeTask());
        return ok(null);
      });
      await first.close();
      const second = await openStore({ url, onCommit: () => undefined });
      expect(await second.read((ports) => ports.tasks.find('t_0000' as TaskId))).toEqual(makeTask());
      await second.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('PostgreSQL', () => {
  it('K14 is brought up to date by two servers that start at once', async () => {
    await using store = await openTestStore('postgres');
    const servers = await Promise.all([store.openServer(), store.openServer(), store.openServer()]);
    for (const server of servers) expect(await server.ping()).toBe(true);
  });
});
