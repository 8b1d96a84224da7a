import type { StreamFrame } from '@quarterdeck/contract/stream';
import { expect, test } from 'vitest';
import { type WebSocket as Peer, WebSocketServer } from 'ws';
import { startFixtureServer } from './fixture-server.ts';
import { createFrameLog, eventFrame } from './frame-log.ts';
import { openLiveSocket } from './live-socket.ts';

type Greet = (send: (frame: StreamFrame) => void, peer: Peer) => void;

async function serveSockets(greet: readonly Greet[]) {
  const urls: (string | undefined)[] = [];
  const requests: string[] = [];
  const fixture = await startFixtureServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server: fixture.server });
  sockets.on('connection', (peer, request) => {
    urls.push(request.url);
    peer.on('message', (text) => requests.push(String(text)));
    greet[Math.min(urls.length, greet.length) - 1]?.((frame) => peer.send(JSON.stringify(frame)), peer);
  });
  return {
    urls,
    requests,
    url: fixture.url,
    async [Symbol.asyncDispose]() {
      for (const peer of sockets.clients) peer.terminate();
      sockets.close();
      await fixture[Symbol.asyncDispose]();
    },
  };
}

function openAt(url: string) {
  const log = createFrameLog();
  const live = openLiveSocket({ baseUrl: url, since: 4, backOff: { firstMs: 1, mostMs: 5 }, ...log });
  return { ...log, live };
}

const hello = (heartbeatMs = 10_000): StreamFrame => ({ type: 'hello', cursor: 9, heartbeatMs });
const live: StreamFrame = { type: 'live', cursor: 9 };

test('catches up, is live, and closes for good', async () => {
  await using service = await serveSockets([
    (send) => {
      send(hello());
      send(eventFrame(5));
      send(live);
    },
  ]);
  const log = openAt(service.url);
  await log.until(() => log.states.includes('live'));
  log.live.close();
  expect(log.states).toEqual(['connecting', 'catching-up', 'live']);
  expect(log.live.cursor()).toBe(5);
  expect(service.urls).toEqual(['/api/stream?since=4']);
});

test('comes back from its cursor and asks again for the sessions it watches', async () => {
  await using service = await serveSockets([
    (send, peer) => {
      send(hello());
      send(eventFrame(7));
      peer.once('message', () => peer.terminate());
    },
    (send, peer) => {
      peer.once('message', () => {
        send(hello());
        send(live);
      });
    },
  ]);
  const log = openAt(service.url);
  log.live.watch(['s_one']);
  await log.until(() => log.states.includes('live'));
  log.live.close();
  expect(log.states).toEqual(['connecting', 'catching-up', 'lost', 'catching-up', 'live']);
  expect(service.urls[1]).toBe('/api/stream?since=7');
  expect(service.requests).toEqual(['{"watch":["s_one"]}', '{"watch":["s_one"]}']);
});

test('leaves a connection that has gone silent', async () => {
  await using service = await serveSockets([(send) => send(hello(20))]);
  const log = openAt(service.url);
  await log.until(() => log.states.filter((state) => state === 'lost').length >= 2);
  log.live.close();
  expect(service.urls.length).toBeGreaterThanOrEqual(2);
});

test('is lost, not connecting, while nobody answers, and tries at once when asked', async () => {
  const log = createFrameLog();
  const dialled: string[] = [];
  const gone = openLiveSocket({
    baseUrl: 'http://127.0.0.1:1',
    since: 0,
    backOff: { firstMs: 600_000, mostMs: 600_000 },
    connect: (url) => {
      dialled.push(url);
      return new WebSocket(url);
    },
    ...log,
  });
  await log.until(() => log.states.includes('lost'));
  gone.reconnect();
  gone.close();
  expect(dialled).toHaveLength(2);
  expect(log.states).toEqual(['connecting', 'lost']);
});
