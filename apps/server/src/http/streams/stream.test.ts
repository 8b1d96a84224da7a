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
