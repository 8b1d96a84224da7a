import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestHost } from './fixtures/start-test-host.ts';
import type { Relay } from './relay.ts';
import { startRelay } from './relay.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

interface Running {
  readonly port: number;
  readonly close: () => void;
}

async function serve(handle: Handle, port = 0): Promise<Running> {
  const server: Server = createServer(handle);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  const running = {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  open.push(running);
  return running;
}

async function relayTo({ port }: Running, patienceMs = 20_000): Promise<Relay> {
  const options = {
    serverUrl: `http://127.0.0.1:${port}`,
    token: 'secret',
    patienceMs: () => patienceMs,
    taskId: 't_0001',
    workspacePath: '/nowhere',
  };
  const relay = await startRelay(options);
  open.push(relay);
  return relay;
}

const post = (relay: Relay, body = '{}', token = 'secret') =>
  fetch(relay.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'mcp-session-id': 'm1' },
    body,
  });

const answer: Handle = async (request, response) => {
  const { authorization, 'mcp-session-id': session } = request.headers;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ authorization, session, url: request.url, body: await text(request) }));
};

describe('the relay', { timeout: 30_000 }, () => {
  it('passes requests on with the token and the session', async () => {
    const relay = await relayTo(await serve(answer));
    expect(await (await post(relay, '{"a":1}')).json()).toEqual({
      authorization: 'Bearer secret',
      session: 'm1',
      url: '/mcp',
      body: '{"a":1}',
    });
  });

  it('A5: says when the agent has been told which tools there are, and not before', async () => {
    const relay = await relayTo(await serve(answer));
    const seen: string[] = [];
    void relay.toolsListed.then(() => seen.push('listed'));
    await (await post(relay, '{"jsonrpc":"2.0","id":0,"method":"initialize"}')).text();
    expect(seen).toEqual([]);
    await (await post(relay, '{"jsonrpc":"2.0","id":1,"method":"tools/list"}')).text();
    await relay.toolsListed;
    expect(seen).toEqual(['listed']);
  });

  it.each([
    ['another token', 401, (relay: Relay) => post(relay, '{}', 'secret2')],
    ['a GET', 405, (relay: Relay) => fetch(relay.url, { headers: { authorization: 'Bearer secret' } })],
    [
      'another path',
      404,
      ({ url }: Relay) => fetch(`${url}/x`, { method: 'POST', headers: { authorization: 'Bearer secret' } }),
    ],
    ['too long a body', 413, (relay: Relay) => post(relay, 'x'.repeat(5 * 1024 * 1024))],
  ])('refuses %s', async (_, status, ask) => {
    const relay = await relayTo(await serve(answer));
    expect((await ask(relay)).status).toBe(status);
  });

  it('waits for a server that restarts, and repeats a request under the same key', async () => {
    const keys: (string | string[] | undefined)[] = [];
    const dying: Running = await serve((request) => {
      keys.push(request.headers['idempotency-key']);
      dying.close();
    });
    const call = post(await relayTo(dying), '{"id":1}');
    await expect.poll(() => keys.length).toBe(1);
    let isReady = false;
    await serve((request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (isReady) return answer(request, response);
      isReady = true;
      response.writeHead(503).end();
    }, dying.port);
    expect((await (await call).json()).body).toBe('{"id":1}');
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('says so when the server stays away', async () => {
    const gone = await serve(answer);
    gone.close();
    const response = await post(await relayTo(gone, 300));
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('did not answer');
  });

  it('passes a stream of events on as it comes', async () => {
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
      void mayEnd.then(() => response.end('data: two\n\n'));
    });
    const reader = (await post(await relayTo(server))).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: one\n\n');
    end();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: two\n\n');
  });

  it('carries a call of a real agent', async () => {
    const { port } = await serve(answer);
    await using host = await startTestHost('mcp', { serverUrl: `http://127.0.0.1:${port}` });
    await host.connect(0);
    await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
    const written = JSON.stringify(host.lines);
    expect(written).toContain('tools/call');
    expect(written).toContain(`Bearer ${host.spec.order.token}`);
    expect(written).not.toContain('never asked for the tools');
  });
});
