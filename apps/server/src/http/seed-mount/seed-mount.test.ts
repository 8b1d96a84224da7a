import { describe, expect, it } from 'vitest';
import { runnerConnected, sampleCard, taskCreated, taskIdOf } from '../testing/samples.ts';
import { send, startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { openSocket, range, until } from '../testing/stream-clients.ts';
import { readSince } from './mount-seed.ts';
import type { SeedEvent } from './seed-event.ts';
import { toSeed } from './spelling.ts';

const SEED = '/api/plugins/kanban';
const post = (body: unknown) => ({ method: 'POST', body });
const create = (server: TestServer, body: unknown) => send(server, `${SEED}/tasks`, post(body));
const statusAndDetail = async (response: Response) => [
  response.status,
  ((await response.json()) as { detail: string }).detail,
];

describe('a client written for the seed', () => {
  it('K1: gets the board in its columns, spelling and seconds', async () => {
    await using server = await startTestServer();
    await create(server, { title: 'x' });
    const lost = taskIdOf('t_0000000f');
    server.tasks.set(lost, sampleCard({ id: lost, status: 'blocked' }));
    const board = await (await send(server, `${SEED}/board`)).json();
    expect(Object.keys(board)).toEqual(
      expect.arrayContaining(['columns', 'tenants', 'assignees', 'latest_event_id', 'now']),
    );
    expect(board.columns.map(({ name }: { name: string }) => name)).toEqual([
      'triage',
      'todo',
      'scheduled',
      'ready',
      'running',
      'review',
      'blocked',
      'done',
    ]);
    expect([board.latest_event_id, board.now]).toEqual([1, 1_700_000_100]);
    expect(board.columns[3].tasks[0]).toMatchObject({
      id: 't_00000001',
      created_at: 1_700_000_000,
      claim_expires: 1_700_000_900,
      workspace_kind: 'scratch',
      age: { created_age_seconds: 5, started_age_seconds: null, time_to_complete_seconds: null },
      link_counts: { parents: 0, children: 0 },
      comment_count: 0,
      progress: null,
    });
    const archived = await (await send(server, `${SEED}/board?include_archived=true`)).json();
    expect(archived.columns.at(-1).name).toBe('archived');
  });

  it('K2: gets a task with its comments, links, runs and events', async () => {
    await using server = await startTestServer();
    await create(server, { title: 'x' });
    server.log.commit(runnerConnected);
    const detail = await (await send(server, `${SEED}/tasks/t_00000001`)).json();
    expect(detail).toMatchObject({ comments: [], links: { parents: [], children: [] }, runs: [] });
    expect(detail.task.title).toBe('x');
    expect(detail.events).toEqual([
      {
        id: 1,
        task_id: 't_00000001',
        kind: 'created',
        payload: { assignee: null, status: 'ready', tenant: null },
        created_at: 1_700_000_000,
      },
    ]);
    const missing = await send(server, `${SEED}/tasks/t_00000009`);
    expect(await statusAndDetail(missing)).toEqual([404, 'task t_00000009 not found']);
  });

  it('K3: gets 400 with a reason in its own words', async () => {
    await using server = await startTestServer();
    expect(await statusAndDetail(await create(server, {}))).toEqual([400, expect.stringMatching(/^title: /)]);
    const bad = await create(server, { title: 'x', workspace_kind: 'moon' });
    expect(await statusAndDetail(bad)).toEqual([400, expect.stringMatching(/^workspace_kind: /)]);
    const first = await (await create(server, { title: 'x', idempotency_key: 'k' })).json();
    const second = await (await create(server, { title: 'x', idempotency_key: 'k' })).json();
    expect(second.task.id).toBe(first.task.id);
    const unkeyed = await (await create(server, { title: 'x', idempotency_key: '' })).json();
    expect(unkeyed.task).toMatchObject({ idempotency_key: null, workspace_kind: 'scratch' });
  });

  it('K6: comments as the dashboard', async () => {
    await using server = await startTestServer();
    await create(server, { title: 'x' });
    const path = `${SEED}/tasks/t_00000001/comments`;
    const said = await (await send(server, path, post({ body: 'hi' }))).json();
    expect(said).toMatchObject({ ok: true, comment: { author: 'dashboard' } });
    expect(Object.keys(said)).toEqual(['ok', 'comment']);
    expect(await (await send(server, path, post({ body: 'hi', author: 'bo' }))).json()).toMatchObject({
      comment: { author: 'bo' },
    });
    expect(await statusAndDetail(await send(server, path, post({ body: ' ' })))).toEqual([
      400,
      'body is required',
    ]);
  });

  it('K7, K8, K10, K11, K12: spells queries and replies its way', async () => {
    await using server = await startTestServer();
    await create(server, { title: 'x' });
    const json = async (path: string, sent = {}) => (await send(server, `${SEED}${path}`, sent)).json();
    expect(await json('/links?parent_id=t_1&child_id=t_2', { method: 'DELETE' })).toEqual({ ok: false });
    expect(await json('/links', post({ parent_id: 't_1', child_id: 't_1' }))).toEqual({
      detail: 'a task cannot depend on itself (t_1)',
    });
    expect(await json('/tasks/bulk', post({ ids: ['t_00000001', 't_x'], archive: true }))).toEqual({
      results: [
        { id: 't_00000001', ok: true },
        { id: 't_x', ok: false, error: 'not found' },
      ],
    });
    expect(await json('/tasks/bulk', post({ ids: [] }))).toEqual({ detail: 'ids is required' });
    expect(await json('/stats')).toEqual({
      by_status: { ready: 1 },
      by_assignee: { myAgent: { ready: 1 } },
      oldest_ready_age_seconds: 3,
      now: 1_700_000_100,
    });
    expect(await json('/tasks/t_00000001/log?tail=4')).toEqual({
      task_id: 't_00000001',
      path: '/l',
      exists: true,
      size_bytes: 9,
      content: 'xxxx',
      truncated: false,
    });
    expect(await json('/dispatch?dry_run=true&max=3', { method: 'POST' })).toMatchObject({
      dry_run: true,
      skipped: [{ task_id: 't_00000001', message: 'asked for 3' }],
    });
    expect(await json('/config')).toEqual({
      default_tenant: '',
      lane_by_profile: true,
      include_archived_by_default: false,
      render_markdown: true,
    });
  });

  it('K1: reads every time in whole seconds, also of what only we have', () => {
    const ours = { landing: { at: 1_999 }, waiting: { until: 2_999 }, now: 3_999, leaseExpiresAt: 4_999 };
    expect(toSeed(ours)).toEqual({ landing: { at: 1 }, waiting: { until: 2 }, now: 3, lease_expires_at: 4 });
  });

  it('finds nothing else there, in its own spelling', async () => {
    await using server = await startTestServer();
    expect(await statusAndDetail(await send(server, `${SEED}/projects`))).toEqual([
      404,
      'no such route: GET /api/plugins/kanban/projects',
    ]);
    expect(await statusAndDetail(await send(server, `${SEED}/board`, { secret: null }))).toEqual([
      401,
      expect.any(String),
    ]);
    expect(await statusAndDetail(await send(server, `${SEED}/tasks/%`))).toEqual([400, expect.any(String)]);
  });
});

interface SeedFrame {
  readonly events: readonly SeedEvent[];
  readonly cursor: number;
}
const idsOf = (frames: readonly SeedFrame[]) => frames.flatMap(({ events }) => events.map(({ id }) => id));
const openEvents = (server: TestServer, query: string) =>
  openSocket<SeedFrame>(`${server.url}${SEED}/events?token=owner-secret${query}`);

describe('K13: WS /events', () => {
  it('sends pages of at most 200 and then what is committed, facts about tasks only', async () => {
    await using server = await startTestServer();
    server.log.commit(taskCreated, 450);
    server.log.commit(runnerConnected);
    using client = await openEvents(server, '&since=10');
    await until(() => idsOf(client.frames).length === 440, 'the past came');
    server.log.commit(taskCreated, 2);
    await until(() => client.frames.at(-1)?.cursor === 453, 'the new ones came');
    expect(idsOf(client.frames)).toEqual([...range(11, 450), 452, 453]);
    for (const { events, cursor } of client.frames) {
      expect(events.length).toBeLessThanOrEqual(200);
      expect(cursor).toBe(events.at(-1)?.id);
    }
    expect(client.frames.at(-1)?.events[0]).toEqual({
      id: 452,
      task_id: 't_00000001',
      kind: 'created',
      payload: { assignee: null, status: 'ready', tenant: null },
      created_at: 1_700_000_452,
    });
  });

  it('is gapless and in order across reconnects while events are committed', async () => {
    await using server = await startTestServer();
    const seen: number[] = [];
    let cursor = 0;
    const timer = setInterval(() => server.log.commit(taskCreated, 3), 1);
    for (const _ of range(1, 15)) {
      using client = await openEvents(server, `&since=${cursor}`);
      await until(() => client.frames.length >= 2, 'some frames came');
      // What arrives after the last look is lost with the connection, as on a real one.
      const frames = [...client.frames];
      seen.push(...idsOf(frames));
      cursor = frames.at(-1)?.cursor ?? cursor;
    }
    clearInterval(timer);
    expect(seen).toEqual(range(1, seen.length));
  });

  it('replays the whole log, however long, and takes a cut log as it is', async () => {
    await using server = await startTestServer({ streamLimits: { maxBehind: 100 } });
    server.log.commit(taskCreated, 1000);
    server.log.cut(500);
    using client = await openEvents(server, '');
    await until(() => client.frames.at(-1)?.cursor === 1000, 'all came');
    expect(idsOf(client.frames)).toEqual(range(501, 1000));
  });

  it.each(['', '?token=', '?token=wrong', '?token=run-token'])('closes with 1008 for %s', async (query) => {
    await using server = await startTestServer();
    using client = await openSocket(`${server.url}${SEED}/events${query}`);
    expect(await client.closed).toBe(1008);
  });

  it.each([
    [undefined, 0],
    ['', 0],
    ['abc', 0],
    ['-5', 0],
    ['1.5', 0],
    ['9'.repeat(40), 0],
    [' 12 ', 12],
    ['12', 12],
    [['1', '2'], 0],
  ])('reads since=%s as %d', (text, since) => {
    expect(readSince(text)).toBe(since);
  });

  it('K14: is quiet on an empty log', async () => {
    await using server = await startTestServer();
    using client = await openEvents(server, '&since=abc');
    server.log.commit(runnerConnected);
    server.log.commit(taskCreated);
    await until(() => client.frames.length > 0, 'the first task came');
    expect(idsOf(client.frames)).toEqual([2]);
  });
});
