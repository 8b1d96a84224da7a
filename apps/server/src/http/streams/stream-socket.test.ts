import { once } from 'node:events';
import { connect } from 'node:net';
import { SessionId } from '@quarterdeck/contract/ids';
import type { TextDelta } from '@quarterdeck/contract/session';
import { describe, expect, it } from 'vitest';
import { taskCreated } from '../testing/samples.ts';
import { send, startTestServer } from '../testing/start-test-server.ts';
import { openSocket, openSse, range, seqsOf, until } from '../testing/stream-clients.ts';

const session = SessionId.parse('s_0001');
const delta: TextDelta = { sessionId: session, itemId: 'i', kind: 'message', offset: 0, text: 'Hel' };
const last = (frames: readonly { readonly type: string }[]) => frames.at(-1)?.type;

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
