import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { SessionId } from '@quarterdeck/contract/ids';
import type { StoredItem, TextDelta } from '@quarterdeck/contract/session';
import { describe, expect, it } from 'vitest';
import { taskCreated } from '../testing/samples.ts';
import { SECRETS, send, startTestServer } from '../testing/start-test-server.ts';
import { openSocket, openSse, range, seqsOf, until } from '../testing/stream-clients.ts';

const session = SessionId.parse('s_0001');
const delta: TextDelta = { sessionId: session, itemId: 'i', kind: 'message', offset: 0, text: 'Hel' };
const stored: StoredItem = {
  ordinal: 1,
  rev: 1,
  item: { kind: 'notice', itemId: 'i', at: 1, level: 'note', text: 'x' },
};
const last = (frames: readonly { readonly type: string }[]) => frames.at(-1)?.type;

describe('GET /api/stream as server-sent events', () => {
  it('replays after the cursor and then pushes what is committed', async () => {
    await using server = await startTestServer();
    server.log.commit(taskCreated, 10);
    using client = await openSse(`${server.url}/api/stream?since=6`);
    await until(() => last(client.frames) === 'live', 'it is live');
    server.log.commit(taskCreated, 2);
    await until(() => client.ids.at(-1) === 12, 'all came');
    expect(client.frames.map(({ type }) => type)).toEqual([
      'hello',
      ...Array(4).fill('event'),
      'live',
      'event',
      'event',
    ]);
    expect(client.ids).toEqual(range(7, 12));
  });

  it('takes Last-Event-ID before since, and starts at the newest without either', async () => {
    await using server = await startTestServer();
    server.log.commit(taskCreated, 10);
    const authorization = { Authorization: 'Bearer viewer-secret' };
    using resumed = await openSse(`${server.url}/api/stream?since=1`, {
      ...authorization,
      'Last-Event-ID': '9',
    });
    using fresh = await openSse(`${server.url}/api/stream`, authorization);
    await until(() => last(resumed.frames) === 'live' && last(fresh.frames) === 'live', 'both are live');
    expect([resumed.ids, fresh.ids]).toEqual([[10], []]);
  });

  it('cannot be held back or recoded by a proxy, and carries the security headers', async () => {
    await using server = await startTestServer();
    using client = await openSse(`${server.url}/api/stream`);
    const { headers } = client.response;
    expect(headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('X-Accel-Buffering')).toBe('no');
    expect(headers.get('Cache-Control')).toContain('no-transform');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('comes without the frames of chunks to a client that does not know them', async () => {
    await using server = await startTestServer();
    server.log.commit(taskCreated, 3);
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    const head = [
      'GET /api/stream?since=0 HTTP/1.0',
      `Host: ${hostname}`,
      'Authorization: Bearer owner-secret',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await until(() => text.includes('event: live'), 'it is live');
    server.log.commit(taskCreated, 1);
    await until(() => text.includes('id: 4'), 'the new event came');
    socket.destroy();
    const body = text.slice(text.indexOf('\r\n\r\n') + 4);
    expect(body.split('\n\n').map((message) => message.split('\n')[0])).toEqual([
      'event: hello',
      ...Array(3).fill('event: event'),
      'event: live',
      'event: event',
      '',
    ]);
  });

  it('refuses whoever may not follow, and a cursor that is none', async () => {
    await using server = await startTestServer();
    const status = async (path: string, secret: string | null) =>
      (await send(server, path, { secret })).status;
    expect(await status('/api/stream', null)).toBe(401);
    expect(await status('/api/stream?token=owner-secret', null)).toBe(401);
    expect(await status('/api/stream', 'run-token')).toBe(403);
    expect(await status('/api/stream?since=-1', 'owner-secret')).toBe(400);
    expect(await status('/api/stream?since=soon', 'owner-secret')).toBe(400);
  });

  it('sends items and deltas only of the conversations asked for', async () => {
    await using server = await startTestServer();
    using watcher = await openSse(`${server.url}/api/stream?session=s_0009&session=${session}`);
    using other = await openSse(`${server.url}/api/stream`);
    server.live.publish({ type: 'delta', delta });
    server.live.publish({ type: 'item', sessionId: session, stored });
    server.live.publish({ type: 'fleet' });
    await until(
      () => last(watcher.frames) === 'fleet' && last(other.frames) === 'fleet',
      'both have the last frame',
    );
    const live = (client: typeof watcher) =>
      client.frames.map(({ type }) => type).filter((type) => !['hello', 'live'].includes(type));
    expect(live(watcher)).toEqual(['delta', 'item', 'fleet']);
    expect(live(other)).toEqual(['fleet']);
  });

  it('beats visibly', async () => {
    await using server = await startTestServer({ streamLimits: { heartbeatMs: 10 } });
    server.log.commit(taskCreated, 3);
    using client = await openSse(`${server.url}/api/stream`);
    await until(() => last(client.frames) === 'heartbeat', 'it beats');
    expect(client.frames.at(-1)).toEqual({ type: 'heartbeat', cursor: 3, at: 1_700_000_000_000 });
  });

  it('R5: ends when the sign-in no longer holds', async () => {
    await using server = await startTestServer({ streamLimits: { heartbeatMs: 10 } });
    using client = await openSse(`${server.url}/api/stream`);
    using socket = await openSocket(`${server.url}/api/stream?token=owner-secret`);
    server.secrets.delete('owner-secret');
    await until(() => client.isEnded(), 'the stream ended');
    expect(await socket.closed).toBe(1008);
  });

  it('ends when the server stops', async () => {
    const server = await startTestServer();
    using client = await openSse(`${server.url}/api/stream`);
    using socket = await openSocket(`${server.url}/api/stream`, { Authorization: 'Bearer owner-secret' });
    await server.server.close();
    await until(() => client.isEnded(), 'the stream ended');
    expect(await socket.closed).toBe(1001);
    await server.server.close();
  });

  it('R4: cuts off a reader that takes nothing, and tells it', async () => {
    const limits = { maxUnsentBytes: 64 * 1024, resumeBytes: 16 * 1024, slowReaderMs: 100 };
    await using server = await startTestServer({ streamLimits: limits });
    using client = await openSocket(`${server.url}/api/stream?token=owner-secret`);
    client.socket.pause();
    const body = 'x'.repeat(200_000);
    let count = 0;
    const timer = setInterval(() => {
      count += 1;
      server.log.commit((seq) => taskCreated(seq, { body }));
    }, 1);
    await until(() => server.server.app.websocketServer.clients.size === 1 && count > 60, 'much was sent');
    clearInterval(timer);
    await until(
      () => [...server.server.app.websocketServer.clients].every(({ readyState }) => readyState !== 1),
      'it was cut off',
    );
    client.socket.resume();
    expect([1013, 1006]).toContain(await client.closed);
    expect(seqsOf(client.frames).length).toBeLessThan(count);
    if (last(client.frames) !== 'event') expect(last(client.frames)).toBe('truncated');
  });
});

describe('GET /api/stream as WebSocket', () => {
  it('gives 200 readers the same events', async () => {
    await using server = await startTestServer();
    server.log.commit(taskCreated, 5);
    const half = range(1, 100);
    const sockets = await Promise.all(
      half.map(() => openSocket(`${server.url}/api/stream?token=viewer-secret&since=3`)),
    );
    const streams = await Promise.all(half.map(() => openSse(`${server.url}/api/stream?since=3`)));
    const clients = [...sockets, ...streams];
    for (const _ of range(1, 20)) server.log.commit(taskCreated);
    await until(() => clients.every(({ frames }) => seqsOf(frames).at(-1) === 25), 'all have the last event');
    const wanted = range(4, 25);
    for (const { frames } of clients) expect(seqsOf(frames)).toEqual(wanted);
    for (const client of clients) client[Symbol.dispose]();
  });

  it('watches the conversations it asks for, instead of those before', async () => {
    await using server = await startTestServer();
    using client = await openSocket(`${server.url}/api/stream?token=owner-secret&session=${session}`);
    server.live.publish({ type: 'delta', delta });
    await until(() => last(client.frames) === 'delta', 'the delta came');
    client.socket.send(JSON.stringify({ watch: ['s_0002'] }));
    server.live.publish({ type: 'delta', delta: { ...delta, sessionId: SessionId.parse('s_0002') } });
    await until(() => {
      server.live.publish({
        type: 'delta',
        delta: { ...delta, sessionId: SessionId.parse('s_0002'), text: 'two' },
      });
      return client.frames.some((frame) => frame.type === 'delta' && frame.delta.text === 'two');
    }, 'the other conversation is watched');
    const before = client.frames.length;
    server.live.publish({ type: 'delta', delta });
    server.live.publish({ type: 'fleet' });
    await until(() => last(client.frames) === 'fleet', 'the last frame came');
    expect(
      client.frames
        .slice(before)
        .filter((frame) => frame.type === 'delta' && frame.delta.sessionId === session),
    ).toEqual([]);
  });

  it.each([
    ['nobody', ''],
    ['a wrong token', '?token=wrong'],
    ['a run', '?token=run-token'],
    ['a cursor that is none', '?token=owner-secret&since=x'],
  ])('closes with 1008 for %s', async (_who, query) => {
    await using server = await startTestServer();
    using client = await openSocket(`${server.url}/api/stream${query}`);
    expect(await client.closed).toBe(1008);
    expect(client.frames).toEqual([]);
  });

  it('R5: does not open for pages of other sites', async () => {
    await using server = await startTestServer();
    const headers = { Origin: 'https://evil.example', Cookie: 'qd_session=owner-secret' };
    await expect(openSocket(`${server.url}/api/stream`, headers)).rejects.toThrow('403');
    using own = await openSocket(`${server.url}/api/stream`, { ...headers, Origin: server.url });
    await until(() => last(own.frames) === 'live', 'our own page may');
  });

  it.each([
    'garbage',
    '{"watch":7}',
    JSON.stringify({ watch: range(1, 101).map(String) }),
    'x'.repeat(70_000),
  ])('R4: closes on a message it does not know (%#)', async (message) => {
    await using server = await startTestServer();
    using client = await openSocket(`${server.url}/api/stream?token=owner-secret`);
    client.socket.send(message);
    expect(await client.closed).toBe(1008);
  });
});

describe('GET /api/runner', () => {
  it('is for runners only', async () => {
    await using server = await startTestServer();
    const bearer = { Authorization: 'Bearer runner-token' };
    using runner = await openSocket<unknown>(`${server.url}/api/runner`, bearer);
    await until(() => runner.frames.length > 0, 'the runner was greeted');
    expect(runner.frames).toEqual([{ hello: 'here' }]);
    for (const token of ['owner-secret', 'run-token', 'wrong']) {
      using client = await openSocket(`${server.url}/api/runner?token=${token}`);
      expect(await client.closed).toBe(1008);
    }
    expect((await send(server, '/api/runner')).status).toBe(404);
  });
});

it('forgets a reader that leaves, also while it is being let in', async () => {
  let asked = 0;
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  await using server = await startTestServer({
    streamLimits: { heartbeatMs: 10 },
    authenticate: async (secret) => {
      asked += 1;
      if (secret === 'admin-secret') await gate;
      return SECRETS[secret] ?? null;
    },
  });
  const connections = async () =>
    promisify(server.server.app.server.getConnections).call(server.server.app.server);
  {
    using hasRead = await openSse(`${server.url}/api/stream`);
    await until(() => last(hasRead.frames) === 'heartbeat', 'it reads');
    const hurried = connect(Number(new URL(server.url).port), '127.0.0.1');
    hurried.write(
      'GET /api/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer admin-secret\r\n\r\n',
    );
    const before = asked;
    await until(() => asked > before, 'it is being let in');
    hurried.destroy();
  }
  while ((await connections()) > 0) await new Promise((resolve) => setImmediate(resolve));
  open();
  using witness = await openSse(`${server.url}/api/stream`);
  const before = asked;
  const beats = () => witness.frames.filter(({ type }) => type === 'heartbeat').length;
  await until(() => beats() >= 5, 'five heartbeats came');
  // Only the witness is asked about at each of its heartbeats, and the next may be on its way.
  expect(asked - before).toBeLessThanOrEqual(beats() + 1);
});

it('P9: stops although a socket does not answer', async () => {
  const server = await startTestServer();
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
  silent.write(
    ['GET /api/stream?token=owner-secret HTTP/1.1', 'Host: localhost', ...upgrade, key, '', ''].join('\r\n'),
  );
  await once(silent, 'data');
  silent.on('error', () => undefined);
  await server.server.close();
  silent.destroy();
});
