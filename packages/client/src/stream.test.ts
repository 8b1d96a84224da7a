import type { ServerResponse } from 'node:http';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import { expect, test } from 'vitest';
import { type FixtureServer, readRequest, type SeenRequest, startFixtureServer } from './fixture-server.ts';
import { createFrameLog, eventFrame } from './frame-log.ts';
import { openEventStream } from './stream.ts';

const QUICK = { firstMs: 1, mostMs: 5 };
type Visit = (send: (frame: StreamFrame) => void, response: ServerResponse) => void;

/** Serves each connection with the next visit, the last one again and again. */
async function serveVisits(visits: readonly Visit[]) {
  const seen: SeenRequest[] = [];
  const fixture = await startFixtureServer(async (request, response) => {
    seen.push(await readRequest(request));
    const visit = visits[Math.min(seen.length, visits.length) - 1];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    visit?.((frame) => response.write(`event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`), response);
  });
  return { fixture, seen };
}

function follow({ url }: FixtureServer, signal: AbortSignal, watch: readonly string[] = []) {
  const log = createFrameLog();
  const ended = openEventStream({
    baseUrl: url,
    since: 4,
    token: 'secret',
    watch,
    signal,
    backOff: QUICK,
    ...log,
  });
  return { ...log, ended };
}

const hello = (heartbeatMs = 10_000): StreamFrame => ({ type: 'hello', cursor: 9, heartbeatMs });

test('hands frames on, says when it is live, and ends when told to', async () => {
  const { fixture, seen } = await serveVisits([
    (send) => {
      send(hello());
      send(eventFrame(5));
      send({ type: 'live', cursor: 5 });
    },
  ]);
  await using _ = fixture;
  const stop = new AbortController();
  const log = follow(fixture, stop.signal, ['s_one', 's_two']);
  await log.until(() => log.states.includes('live'));
  stop.abort();
  expect(await log.ended).toEqual({ ok: true, value: null });
  expect(log.states).toEqual(['connecting', 'catching-up', 'live']);
  expect(seen[0]?.url).toBe('/api/stream?since=4&session=s_one&session=s_two');
  expect(seen[0]?.headers).toMatchObject({ 'last-event-id': '4', authorization: 'Bearer secret' });
});

test('comes back from the last event it saw when the connection breaks', async () => {
  const { fixture, seen } = await serveVisits([
    (send, response) => {
      send(hello());
      send(eventFrame(5));
      send(eventFrame(6));
      response.end();
    },
    (send) => {
      send(hello());
      send(eventFrame(7));
    },
  ]);
  await using _ = fixture;
  const stop = new AbortController();
  const log = follow(fixture, stop.signal);
  await log.until(() => log.seqs().includes(7));
  stop.abort();
  await log.ended;
  expect(log.seqs()).toEqual([5, 6, 7]);
  expect(seen[1]?.headers['last-event-id']).toBe('6');
  expect(log.states).toEqual(['connecting', 'catching-up', 'lost', 'catching-up']);
});

test('leaves a connection that has gone silent', async () => {
  const { fixture, seen } = await serveVisits([(send) => send(hello(20))]);
  await using _ = fixture;
  const stop = new AbortController();
  const log = follow(fixture, stop.signal);
  await log.until(() => log.states.filter((state) => state === 'lost').length >= 2);
  stop.abort();
  await log.ended;
  expect(seen.length).toBeGreaterThanOrEqual(2);
});

test('goes on from where a truncated frame points', async () => {
  const { fixture, seen } = await serveVisits([
    (send, response) => {
      send(hello());
      send({ type: 'truncated', cursor: 900 });
      response.end();
    },
    (send) => send(hello()),
  ]);
  await using _ = fixture;
  const stop = new AbortController();
  const log = follow(fixture, stop.signal);
  await log.until(() => log.states.length >= 4);
  stop.abort();
  await log.ended;
  expect(log.frames[1]).toEqual({ type: 'truncated', cursor: 900 });
  expect(seen[1]?.headers['last-event-id']).toBe('900');
});

test('ends with the refusal of a server that will not serve it, and only then', async () => {
  let asked = 0;
  await using fixture = await startFixtureServer((_, response) => {
    asked += 1;
    response.writeHead(asked === 1 ? 503 : 401, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ error: { code: asked === 1 ? 'internal' : 'sign_in_required', message: 'who?' } }),
    );
  });
  const log = follow(fixture, new AbortController().signal);
  expect(await log.ended).toMatchObject({ ok: false, refusal: { code: 'sign_in_required' } });
  expect(asked).toBe(2);
});
