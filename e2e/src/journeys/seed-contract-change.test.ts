import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startProgram } from '../program/start-program.ts';
import { ask, create, detailOf, refused, SeedTask } from './seed-contract-client.ts';

/** No agent has this name, so that nothing moves by itself. */
const NOBODY = 'nobody-runs-this';

let program: Program;
beforeAll(async () => {
  program = await startProgram({ args: ['--no-demo'] });
});
afterAll(() => program[Symbol.asyncDispose]());

const patch = (id: string, body: unknown) => ask(program, `PATCH /tasks/${id}`, body);
const kindsOf = async (id: string) => (await detailOf(program, id)).events.map(({ kind }) => kind);

describe('K4 PATCH /tasks/:id', () => {
  const moves: readonly (readonly [Record<string, unknown>, string, object, string, unknown])[] = [
    [{}, 'done', { result: 'shipped' }, 'completed', { summary: 'shipped', result_len: 7 }],
    [{}, 'blocked', { block_reason: 'no key' }, 'blocked', { reason: 'no key' }],
    [{}, 'todo', {}, 'status', { status: 'todo' }],
    [{}, 'triage', {}, 'status', { status: 'triage' }],
    [{ triage: true }, 'todo', {}, 'status', { status: 'todo' }],
    [{ triage: true }, 'ready', {}, 'status', { status: 'ready' }],
    [{}, 'archived', {}, 'archived', null],
  ];
  it.each(moves)('K4: moves %j to %s with %j', async (born, status, extra, kind, payload) => {
    const { id } = await create(program, born);
    const { status: code, reply } = await patch(id, { status, ...extra });
    expect([code, SeedTask.parse((reply as { task: unknown }).task).status]).toEqual([200, status]);
    const last = (await detailOf(program, id)).events.at(-1);
    expect(last).toMatchObject({ kind, payload });
  });

  it('K4: stamps what is done, and makes what was blocked or done ready again', async () => {
    const { id } = await create(program, {});
    await patch(id, { status: 'blocked', block_reason: 'wait' });
    expect((await patch(id, { status: 'ready' })).reply).toMatchObject({ task: { status: 'ready' } });
    expect((await patch(id, { status: 'done', result: 'ok' })).reply).toMatchObject({
      task: {
        status: 'done',
        result: 'ok',
        completed_at: expect.any(Number),
        age: { time_to_complete_seconds: 0 },
      },
    });
    expect((await patch(id, { status: 'ready' })).reply).toMatchObject({ task: { completed_at: null } });
    // The result is an edit of its own in our log, which the seed did not tell.
    const told = (await kindsOf(id)).filter((kind) => kind !== 'edited');
    expect(told).toEqual(['created', 'blocked', 'unblocked', 'completed', 'status']);
  });

  it('K4: changes each field, trims the title and takes the task from whoever has it', async () => {
    const { id } = await create(program, { assignee: NOBODY });
    const change = { title: ' New ', body: '', priority: 9, assignee: 'bo' };
    expect(await patch(id, change)).toMatchObject({
      status: 200,
      reply: { task: { title: 'New', body: '', priority: 9, assignee: 'bo' } },
    });
    expect((await patch(id, { priority: 0 })).reply).toMatchObject({ task: { priority: 0 } });
    expect((await detailOf(program, id)).events.at(-1)).toMatchObject({
      kind: 'priority',
      payload: { priority: 0 },
    });
    expect((await patch(id, { assignee: '' })).reply).toMatchObject({ task: { assignee: null } });
    expect((await patch(id, { assignee: null, title: null, status: null })).reply).toMatchObject({
      task: { assignee: null, title: 'New', status: 'ready' },
    });
  });

  it('K4: refuses the unknown with 404 and 400, the impossible with 409', async () => {
    const parent = await create(program, {});
    const { id } = await create(program, { parents: [parent.id] });
    expect(await patch('t_ffffffff', { priority: 1 })).toEqual(refused(404, 'task t_ffffffff not found'));
    expect(await patch(id, { status: 'flying' })).toEqual(refused(400, 'unknown status: flying'));
    expect(await patch(id, { title: ' ' })).toEqual(refused(400, 'title cannot be empty'));
    expect(await patch(id, { status: 'ready' })).toEqual(refused(409, expect.stringContaining(parent.id)));
    expect(await patch(id, { status: 'running' })).toEqual(
      refused(409, expect.stringContaining('dispatcher')),
    );
  });

  it.each([
    [{ status: 'running' }, 409],
    [{ status: 'flying' }, 400],
    [{ status: 'done', title: '' }, 400],
  ])('K4: changes all or nothing when %j is refused', async (bad, code) => {
    const { id } = await create(program, {});
    const before = await detailOf(program, id);
    const refusal = await patch(id, { assignee: 'bo', priority: 7, body: 'new', ...bad });
    expect(refusal.status).toBe(code);
    const { task, ...rest } = await detailOf(program, id);
    expect({ ...task, age: null }).toEqual({ ...before.task, age: null });
    expect(rest).toEqual({ ...rest, events: before.events });
  });

  it('K5: done and archived parents let children go, a reopened one holds them again', async () => {
    const parents = [await create(program, {}), await create(program, {})];
    const [first = '', second = ''] = parents.map(({ id }) => id);
    const child = await create(program, { parents: [first, second] });
    const statusOf = async () => (await detailOf(program, child.id)).task.status;
    await patch(first, { status: 'done' });
    expect(await statusOf()).toBe('todo');
    await patch(second, { status: 'archived' });
    expect(await statusOf()).toBe('ready');
    await patch(first, { status: 'todo' });
    expect(await statusOf()).toBe('todo');
  });
});

describe('K6 POST /tasks/:id/comments', () => {
  it('K6: stores the comment, by the dashboard unless it says by whom', async () => {
    const { id } = await create(program, {});
    const path = `POST /tasks/${id}/comments` as const;
    for (const body of [
      { body: 'a' },
      { body: 'b', author: 'bo' },
      { body: 'c', author: null },
      { body: 'd', author: '' },
    ]) {
      expect(await ask(program, path, body)).toMatchObject({ status: 200, reply: { ok: true } });
    }
    const authors = (await detailOf(program, id)).comments.map(({ author, body }) => [body, author]);
    expect(authors).toEqual([
      ['a', 'dashboard'],
      ['b', 'bo'],
      ['c', 'dashboard'],
      ['d', 'dashboard'],
    ]);
    const told = (await program.events()).filter(
      (event) => event.taskId === id && event.kind === 'task.commented',
    );
    // Whatever name a comment carries, the log says who wrote it.
    expect(new Set(told.map(({ actor }) => actor)).size).toBe(1);
    expect(await ask(program, path, { body: ' \n ' })).toEqual(refused(400, 'body is required'));
    const gone = await ask(program, 'POST /tasks/t_ffffffff/comments', { body: 'x' });
    expect(gone).toEqual(refused(404, 'task t_ffffffff not found'));
  });
});
