import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startProgram } from '../program/start-program.ts';
import { ask, create, detailOf, millisIn, refused } from './seed-contract-client.ts';

const NOBODY = 'nobody-runs-this';

let program: Program;
beforeAll(async () => {
  program = await startProgram({ args: ['--no-demo'] });
});
afterAll(() => program[Symbol.asyncDispose]());

const link = (parent: string, child: string) =>
  ask(program, 'POST /links', { parent_id: parent, child_id: child });
const unlink = (parent: string, child: string) =>
  ask(program, `DELETE /links?parent_id=${parent}&child_id=${child}`);
const statusOf = async (id: string) => (await detailOf(program, id)).task.status;
const threeIds = async () =>
  [(await create(program, {})).id, (await create(program, {})).id, (await create(program, {})).id] as const;
const bulk = (body: object) => ask(program, 'POST /tasks/bulk', body);

describe('K7 links', () => {
  it('K7: an open parent sends a ready child back to todo, and without it the child is ready', async () => {
    const [parent, child] = await threeIds();
    expect(await link(parent, child)).toMatchObject({ status: 200, reply: { ok: true } });
    expect(await statusOf(child)).toBe('todo');
    expect((await detailOf(program, child)).events.find(({ kind }) => kind === 'linked')).toMatchObject({
      payload: { parent, child },
    });
    expect(await unlink(parent, child)).toEqual({ status: 200, reply: { ok: true } });
    expect(await statusOf(child)).toBe('ready');
    expect(await unlink(parent, child)).toEqual({ status: 200, reply: { ok: false } });
    expect(await unlink('t_ffffffff', child)).toEqual({ status: 200, reply: { ok: false } });
  });

  it('K7: refuses itself, the unknown, what is there and a cycle, which it names', async () => {
    const [first, second, third] = await threeIds();
    await link(first, second);
    await link(second, third);
    const named = (...parts: string[]) => refused(400, expect.stringContaining(parts.join(' → ')));
    expect(await link(first, first)).toEqual(named(first));
    expect(await link('t_ffffffff', first)).toEqual(named('task t_ffffffff not found'));
    expect(await link(first, 't_ffffffff')).toEqual(named('task t_ffffffff not found'));
    expect(await link(first, second)).toEqual(named(first));
    expect(await link(third, first)).toEqual(named(third, first, second, third));
    expect((await ask(program, 'POST /links', { parent_id: first })).status).toBe(400);
    expect((await ask(program, `DELETE /links?parent_id=${first}`)).status).toBe(400);
    expect((await detailOf(program, first)).links).toEqual({ parents: [], children: [second] });
  });
});

describe('K8 POST /tasks/bulk', () => {
  it('K8: changes each on its own, and no bad id stops the rest', async () => {
    const [first, second, third] = await threeIds();
    await ask(program, `PATCH /tasks/${second}`, { status: 'archived' });
    const ids = [first, 't_ffffffff', '', second, third];
    expect(await bulk({ ids, status: 'blocked', priority: 3, assignee: NOBODY })).toEqual({
      status: 200,
      reply: {
        results: [
          { id: first, ok: true },
          { id: 't_ffffffff', ok: false, error: 'not found' },
          { id: second, ok: false, error: expect.any(String) },
          { id: third, ok: true },
        ],
      },
    });
    for (const id of [first, third]) {
      const { task } = await detailOf(program, id);
      expect(task).toMatchObject({ status: 'blocked', priority: 3, assignee: NOBODY });
    }
    expect((await detailOf(program, second)).task).toMatchObject({
      status: 'archived',
      priority: 0,
      assignee: null,
    });
  });

  it.each(['done', 'blocked', 'ready', 'todo', 'triage'])('K8: moves to %s', async (status) => {
    const [first, second] = await threeIds();
    const { reply } = await bulk({ ids: [first, second], status });
    expect(reply).toEqual({ results: [first, second].map((id) => ({ id, ok: true })) });
    expect([await statusOf(first), await statusOf(second)]).toEqual([status, status]);
  });

  it('K8: archives whatever status stands beside it, leaves what is null and unassigns with ""', async () => {
    const [first, second] = await threeIds();
    await bulk({ ids: [first, second], assignee: NOBODY });
    await bulk({ ids: [first, second], assignee: null, status: null, priority: null });
    expect((await detailOf(program, first)).task.assignee).toBe(NOBODY);
    await bulk({ ids: [first], assignee: '' });
    await bulk({ ids: [first, second], archive: true, status: 'done' });
    expect((await detailOf(program, first)).task).toMatchObject({ status: 'archived', assignee: null });
    expect((await detailOf(program, second)).task).toMatchObject({ status: 'archived', assignee: NOBODY });
  });

  it('K8: tells of an unknown status with each id, and refuses no ids', async () => {
    const [first] = await threeIds();
    expect((await bulk({ ids: [first], status: 'flying' })).reply).toEqual({
      results: [{ id: first, ok: false, error: expect.stringContaining('flying') }],
    });
    expect(await bulk({ ids: [] })).toEqual(refused(400, 'ids is required'));
    expect(await bulk({ ids: [''] })).toEqual(refused(400, 'ids is required'));
    expect((await bulk({ priority: 1 })).status).toBe(400);
  });
});

describe('K9 to K12', () => {
  it('K9: GET /config has the defaults of the seed, and what the configuration file says', async () => {
    const defaults = {
      default_tenant: '',
      lane_by_profile: true,
      include_archived_by_default: false,
      render_markdown: true,
    };
    expect(await ask(program, 'GET /config')).toEqual({ status: 200, reply: defaults });
    const file = JSON.stringify({ board: { defaultTenant: 'acme', renderMarkdown: false } });
    const script = `echo '${file}' > "$QUARTERDECK_HOME/config.json" && exec "$@"`;
    await using other = await startProgram({ args: ['--no-demo'], prefix: ['sh', '-c', script, 'sh'] });
    const reply = { ...defaults, default_tenant: 'acme', render_markdown: false };
    expect(await ask(other, 'GET /config')).toEqual({ status: 200, reply });
  });

  it('K10: GET /stats counts by status and by assignee, without what is archived', async () => {
    type Stats = {
      by_status: Record<string, number>;
      by_assignee: Record<string, Record<string, number>>;
      oldest_ready_age_seconds: number;
      now: number;
    };
    const stats = async () => (await ask(program, 'GET /stats')).reply as Stats;
    await create(program, { assignee: 'Counted_Name' });
    const gone = await create(program, { assignee: 'Counted_Name' });
    const before = await stats();
    await ask(program, `PATCH /tasks/${gone.id}`, { status: 'archived' });
    const after = await stats();
    expect(Object.keys(after).toSorted()).toEqual([
      'by_assignee',
      'by_status',
      'now',
      'oldest_ready_age_seconds',
    ]);
    expect(before.by_assignee['Counted_Name']).toEqual({ ready: 2 });
    expect(after.by_assignee['Counted_Name']).toEqual({ ready: 1 });
    expect(after.by_status['ready']).toBe((before.by_status['ready'] ?? 0) - 1);
    expect(after.by_status['archived']).toBeUndefined();
    expect(after.oldest_ready_age_seconds).toBeGreaterThanOrEqual(0);
    expect(Number.isInteger(after.oldest_ready_age_seconds)).toBe(true);
    expect(millisIn(after)).toEqual([]);
  });

  it('K11: GET /tasks/:id/log of a task that never ran is empty, and its bounds hold', async () => {
    const { id } = await create(program, {});
    const log = {
      task_id: id,
      path: expect.any(String),
      exists: false,
      size_bytes: 0,
      content: '',
      truncated: false,
    };
    for (const tail of ['', '?tail=1', '?tail=2000000']) {
      expect(await ask(program, `GET /tasks/${id}/log${tail}`)).toEqual({ status: 200, reply: log });
    }
    for (const tail of ['0', '-1', '2000001', 'x', '1.5']) {
      const answer = await ask(program, `GET /tasks/${id}/log?tail=${tail}`);
      expect(answer).toEqual(refused(400, expect.stringMatching(/^tail: /)));
    }
    const unknown = await ask(program, 'GET /tasks/t_ffffffff/log');
    expect(unknown).toEqual(refused(404, 'task t_ffffffff not found'));
  });

  it('K12: POST /dispatch says what it did and why it left the rest', async () => {
    const { id } = await create(program, { assignee: NOBODY, priority: 1000 });
    for (const query of ['?dry_run=true', '?dry_run=1&max=3', '', '?max=1', '?max=0']) {
      const { status, reply } = await ask(program, `POST /dispatch${query}`);
      const isDry = query.includes('dry_run');
      expect({ status, reply }).toMatchObject({
        status: 200,
        reply: { dry_run: isDry, claimed: [], spawned: [], reclaimed: [], promoted: [] },
      });
      const { skipped } = reply as { skipped: { task_id: string; code: string; message: string }[] };
      const own = skipped.find((entry) => entry.task_id === id);
      expect(own).toEqual({
        task_id: id,
        code: expect.any(String),
        message: expect.stringMatching(/\w/),
      });
    }
    expect((await ask(program, 'POST /dispatch?max=many')).status).toBe(400);
    expect(await statusOf(id)).toBe('ready');
  });
});

describe('what differs on purpose', () => {
  it('every route wants the token, and says so as the seed says errors', async () => {
    const before = await program.events();
    const requests = [
      'GET /board',
      'GET /stats',
      'GET /config',
      'GET /tasks/t_ffffffff',
      'GET /tasks/t_ffffffff/log',
      'POST /tasks',
      'POST /tasks/bulk',
      'POST /tasks/t_ffffffff/comments',
      'POST /links',
      'POST /dispatch',
      'PATCH /tasks/t_ffffffff',
      'DELETE /links?parent_id=a&child_id=b',
    ] as const;
    for (const request of requests) {
      const body = request.startsWith('GET') ? undefined : {};
      const answer = await ask({ url: program.url, token: 'wrong' }, request, body);
      expect(answer).toEqual(refused(401, expect.stringContaining('sign in')));
    }
    expect(await program.events()).toEqual(before);
  });
});
