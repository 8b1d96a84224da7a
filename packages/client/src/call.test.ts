import { expect, expectTypeOf, test } from 'vitest';
import { createClient } from './call.ts';
import { readRequest, type SeenRequest, startFixtureServer } from './fixture-server.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Answers with the replies in order, the last one again and again, and keeps what was asked. `null` breaks the connection. */
async function serveReplies(replies: readonly (Reply | null)[]) {
  const seen: SeenRequest[] = [];
  const fixture = await startFixtureServer(async (request, response) => {
    seen.push(await readRequest(request));
    const reply = replies[Math.min(seen.length, replies.length) - 1];
    if (!reply) {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  const client = createClient({ baseUrl: fixture.url, token: 'secret', retryDelayMs: 1 });
  return { seen, client, url: fixture.url, [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose]() };
}

const accepted: Reply = { status: 200, body: { ok: true } };
const busy: Reply = { status: 503, body: { error: { code: 'internal', message: 'draining', details: {} } } };

test('fills and encodes path parameters and leaves unset query values out', async () => {
  await using service = await serveReplies([accepted]);
  await service.client.call('task.log', {
    params: { taskId: 't_a/b c' },
    query: { tail: 10, run: undefined },
  });
  expect(service.seen[0]).toMatchObject({ method: 'GET', url: '/api/tasks/t_a%2Fb%20c/log?tail=10' });
  expect(service.seen[0]?.headers).toMatchObject({ authorization: 'Bearer secret' });
  expect(service.seen[0]?.headers['idempotency-key']).toBeUndefined();
});

test('sends JSON with an idempotency key of its own for every write', async () => {
  await using service = await serveReplies([accepted]);
  await service.client.call('task.create', { body: { title: 'Ship it' } });
  await service.client.call('identity.ticket');
  const [first, second] = service.seen;
  expect(first).toMatchObject({ body: '{"title":"Ship it"}' });
  expect(first?.headers['content-type']).toBe('application/json');
  expect(second?.body).toBe('{}');
  expect(first?.headers['idempotency-key']).not.toBe(second?.headers['idempotency-key']);
});

test('repeats a write with the same key after a lost reply and after a 503', async () => {
  await using service = await serveReplies([null, busy, accepted]);
  const result = await service.client.call('run.interrupt', { params: { runId: 'r_1' } });
  expect(result).toEqual({ ok: true, value: { ok: true } });
  expect(service.seen).toHaveLength(3);
  expect(new Set(service.seen.map((request) => request.headers['idempotency-key'])).size).toBe(1);
});

test('gives up after three retries with the last refusal', async () => {
  await using service = await serveReplies([busy]);
  const result = await service.client.call('board.show');
  expect(result).toMatchObject({ ok: false, refusal: { message: 'draining' } });
  expect(service.seen).toHaveLength(4);
});

test('does not repeat what the server refused, nor a request to a runner that is away', async () => {
  const refused = { code: 'transition_refused', message: 'no', details: { from: 'done' } };
  const away = { code: 'runner_offline', message: 'away', details: {} };
  await using service = await serveReplies([
    { status: 409, body: { error: refused } },
    { status: 503, body: { error: away } },
  ]);
  const call = () => service.client.call('task.diff', { params: { taskId: 't_1' } });
  expect(await call()).toEqual({ ok: false, refusal: refused });
  expect(await call()).toEqual({ ok: false, refusal: away });
  expect(service.seen).toHaveLength(2);
});

test('keeps the text of a refusal whose code it does not know', async () => {
  await using service = await serveReplies([
    { status: 422, body: { error: { code: 'from_the_future', message: 'not today' } } },
  ]);
  const result = await service.client.call('board.show');
  expect(result).toEqual({ ok: false, refusal: { code: 'internal', message: 'not today', details: {} } });
});

test('says that no Quarterdeck answers when nothing, a proxy or a stranger does', async () => {
  await using service = await serveReplies([
    { status: 200, body: '<h1>router</h1>' },
    { status: 502, body: '<h1>bad gateway</h1>' },
  ]);
  const gone = createClient({ baseUrl: 'http://127.0.0.1:1', retries: 0 });
  const results = [
    await service.client.call('board.show'),
    await service.client.call('board.show'),
    await gone.call('board.show'),
  ];
  for (const result of results)
    expect(result).toMatchObject({ ok: false, refusal: { code: 'server_unreachable' } });
  expect(service.seen).toHaveLength(2);
});

test('a call whose caller aborts rejects with the reason', async () => {
  await using service = await serveReplies([busy]);
  const signal = AbortSignal.abort(new Error('left the page'));
  await expect(service.client.call('board.show', {}, { signal })).rejects.toThrow('left the page');
});

test('input is required exactly where the route needs it', () => {
  const { call } = createClient({ baseUrl: '' });
  expectTypeOf(call<'board.show'>).toBeCallableWith('board.show');
  expectTypeOf(call<'run.stop'>).toBeCallableWith('run.stop', { params: { runId: 'r_1' } });
  // @ts-expect-error a task has to be named
  expectTypeOf(call<'task.show'>).toBeCallableWith('task.show');
  // @ts-expect-error both ends of the link have to be named
  expectTypeOf(call<'link.delete'>).toBeCallableWith('link.delete', { query: { parentId: 't_1' } });
  // @ts-expect-error a task needs a title
  expectTypeOf(call<'task.create'>).toBeCallableWith('task.create', { body: {} });
});
