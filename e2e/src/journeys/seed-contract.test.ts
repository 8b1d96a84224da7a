import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startProgram } from '../program/start-program.ts';
import { ask, boardOf, create, detailOf, idsIn, millisIn, refused } from './seed-contract-client.ts';

/** No agent has this name, so that nothing moves by itself. */
const NOBODY = 'nobody-runs-this';
const COLUMNS = ['triage', 'todo', 'scheduled', 'ready', 'running', 'review', 'blocked', 'done'];

let program: Program;
beforeAll(async () => {
  program = await startProgram({ args: ['--no-demo'] });
});
afterAll(() => program[Symbol.asyncDispose]());

const patch = (id: string, body: unknown) => ask(program, `PATCH /tasks/${id}`, body);
const kindsOf = async (id: string) => (await detailOf(program, id)).events.map(({ kind }) => kind);

describe('K1 GET /board', () => {
  it('K1: groups cards by column, in the order of the seed, with its counts', async () => {
    const tenant = 'k1';
    const low = await create(program, { tenant, title: 'low', assignee: NOBODY });
    const late = await create(program, { tenant, title: 'late' });
    const high = await create(program, { tenant, title: 'high', priority: 5 });
    const child = await create(program, { tenant, parents: [high.id, low.id] });
    await create(program, { tenant: 'k1-other' });
    await ask(program, `POST /tasks/${low.id}/comments`, { body: 'hm' });
    const board = await boardOf(program, '?tenant=k1');
    expect(board.columns.map(({ name }) => name)).toEqual(COLUMNS);
    expect(idsIn(board, 'ready')).toEqual([high.id, low.id, late.id]);
    expect(idsIn(board, 'todo')).toEqual([child.id]);
    expect(board.tenants).toEqual(expect.arrayContaining(['k1', 'k1-other']));
    expect(board.assignees).toContain(NOBODY);
    const cards = new Map(board.columns.flatMap(({ tasks }) => tasks).map((card) => [card.id, card]));
    expect(cards.get(low.id)).toMatchObject({
      link_counts: { parents: 0, children: 1 },
      comment_count: 1,
      progress: { done: 0, total: 1 },
    });
    expect(cards.get(child.id)).toMatchObject({
      link_counts: { parents: 2, children: 0 },
      comment_count: 0,
      progress: null,
    });
    expect(Math.abs(board.now - Date.now() / 1000)).toBeLessThan(30);
    expect(board.latest_event_id).toBe((await program.events()).at(-1)?.seq);
    expect(millisIn(board)).toEqual([]);
  });

  it('K1: shows archived cards only on request, spelled true or 1, and forgets their assignee', async () => {
    const tenant = 'k1-archived';
    const gone = await create(program, { tenant, assignee: 'has-left' });
    await patch(gone.id, { status: 'archived' });
    const plain = await boardOf(program, `?tenant=${tenant}`);
    expect(plain.columns.flatMap(({ tasks }) => tasks)).toEqual([]);
    expect(plain.assignees).not.toContain('has-left');
    expect(plain.tenants).toContain(tenant);
    for (const word of ['true', '1', 'True']) {
      const all = await boardOf(program, `?tenant=${tenant}&include_archived=${word}`);
      expect(all.columns.map(({ name }) => name)).toEqual([...COLUMNS, 'archived']);
      expect(idsIn(all, 'archived')).toEqual([gone.id]);
    }
    const bad = await ask(program, 'GET /board?include_archived=maybe');
    expect(bad).toEqual(refused(400, expect.stringMatching(/^include_archived: /)));
  });
});

describe('K2 GET /tasks/:id', () => {
  it('K2: tells the task with comments, events oldest first and links in order', async () => {
    const parents = [await create(program, {}), await create(program, {})].map(({ id }) => id).toSorted();
    const task = await create(program, { parents, body: 'spec', tenant: 'k2', assignee: NOBODY });
    const children = [
      await create(program, { parents: [task.id] }),
      await create(program, { parents: [task.id] }),
    ];
    await ask(program, `POST /tasks/${task.id}/comments`, { body: 'first' });
    await ask(program, `POST /tasks/${task.id}/comments`, { body: 'second', author: 'bo' });
    const detail = await detailOf(program, task.id);
    expect(detail.task).toEqual({ ...task, ...detail.task });
    expect(detail.task).toMatchObject({ body: 'spec', status: 'todo' });
    expect(detail.comments).toMatchObject([
      { task_id: task.id, author: 'dashboard', body: 'first' },
      { task_id: task.id, author: 'bo', body: 'second' },
    ]);
    expect(detail.links).toEqual({ parents, children: children.map(({ id }) => id).toSorted() });
    const ids = detail.events.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(detail.events[0]).toMatchObject({
      task_id: task.id,
      kind: 'created',
      payload: { assignee: NOBODY, status: 'todo', tenant: 'k2' },
    });
    expect(detail.events.at(-1)).toMatchObject({ kind: 'commented', payload: { author: 'bo', len: 6 } });
    expect(millisIn(detail)).toEqual([]);
  });

  it('K2: answers 404 with the id', async () => {
    expect(await ask(program, 'GET /tasks/t_ffffffff')).toEqual(refused(404, 'task t_ffffffff not found'));
  });
});

describe('K3 POST /tasks', () => {
  it('K3: fills in the defaults of the seed', async () => {
    expect(await create(program, { title: '  Trimmed  ' })).toMatchObject({
      title: 'Trimmed',
      body: null,
      assignee: null,
      tenant: null,
      priority: 0,
      workspace_kind: 'scratch',
      workspace_path: null,
      status: 'ready',
      created_by: 'dashboard',
      started_at: null,
      completed_at: null,
      result: null,
      idempotency_key: null,
      claim_lock: null,
      claim_expires: null,
    });
  });

  it('K3: keeps what it is given', async () => {
    const given = {
      title: 'Full',
      body: 'text',
      assignee: NOBODY,
      tenant: 'k3',
      priority: -3,
      workspace_kind: 'dir',
      workspace_path: '/tmp/somewhere',
      idempotency_key: 'k3-full',
    };
    expect(await create(program, { ...given, parents: [], triage: false })).toMatchObject(given);
    const nulls = { body: null, assignee: null, tenant: null, workspace_path: null, idempotency_key: null };
    expect(await create(program, nulls)).toMatchObject(nulls);
  });

  it('K3: is todo while a parent is open, triage when asked, else ready', async () => {
    const open = await create(program, {});
    const done = await create(program, {});
    await patch(done.id, { status: 'done' });
    expect(await create(program, { parents: [done.id, open.id] })).toMatchObject({ status: 'todo' });
    expect(await create(program, { parents: [done.id] })).toMatchObject({ status: 'ready' });
    expect(await create(program, { parents: [open.id], triage: true })).toMatchObject({ status: 'triage' });
  });

  it('K3: gives the same task for the same key, also to requests that race', async () => {
    const keyed = { title: 'Once', idempotency_key: 'k3-race' };
    const made = await Promise.all(Array.from({ length: 8 }, () => create(program, keyed)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await create(program, { ...keyed, title: 'Other' })).title).toBe('Once');
    expect(await kindsOf(made[0]?.id ?? '')).toEqual(['created']);
  });

  it('K3: takes an empty key for none', async () => {
    const [first, second] = [
      await create(program, { idempotency_key: '' }),
      await create(program, { idempotency_key: '' }),
    ];
    expect(second.id).not.toBe(first.id);
    expect(first.idempotency_key).toBeNull();
  });

  it.each([
    [{ title: '   ' }, 'title cannot be empty'],
    [{}, expect.stringMatching(/^title: /)],
    [{ title: 'x', parents: ['t_ffffffff'] }, 'unknown parent task: t_ffffffff'],
    [{ title: 'x', workspace_kind: 'moon' }, expect.stringMatching(/^workspace_kind: /)],
    [{ title: 'x', priority: 'high' }, expect.stringMatching(/^priority: /)],
  ])('K3: refuses %j with 400 and a reason', async (body, reason) => {
    expect(await ask(program, 'POST /tasks', body)).toEqual(refused(400, reason));
  });
});
