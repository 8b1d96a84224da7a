import { once } from 'node:events';
import { type IncomingMessage, request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { ok } from '@quarterdeck/contract/result';
import { describe, expect, it } from 'vitest';
import { createFakeBoard } from './testing/fake-handlers.ts';
import { createMemoryLog } from './testing/memory-log.ts';
import { send, startTestServer } from './testing/start-test-server.ts';

async function refusalOf(response: Response) {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code, message: error.message };
}

function withHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    rawRequest(url, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('R5: who may use a route', () => {
  it('refuses another Host on every path, also without a route', async () => {
    await using server = await startTestServer();
    for (const path of ['/api/board', '/healthz', '/', '/mcp', '/api/nowhere']) {
      expect(await withHost(`${server.url}${path}`, 'evil.example')).toBe(403);
    }
    expect(await withHost(`${server.url}/healthz`, 'localhost')).toBe(200);
  });

  it('refuses writes from pages of other sites, also with the right cookie', async () => {
    await using server = await startTestServer();
    const headers = { Origin: 'https://evil.example', Cookie: 'qd_session=owner-secret' };
    const refused = await send(server, '/api/tasks', {
      method: 'POST',
      secret: null,
      headers,
      body: { title: 'x' },
    });
    expect(await refusalOf(refused)).toMatchObject({ status: 403, code: 'origin_refused' });
    expect(server.tasks.size).toBe(0);
  });

  it('lets the cookie or a bearer token in, and no other', async () => {
    await using server = await startTestServer();
    const cookie = { Cookie: 'qd_session=viewer-secret' };
    expect((await send(server, '/api/me', { secret: null, headers: cookie })).status).toBe(200);
    expect((await send(server, '/api/me', { secret: 'viewer-secret' })).status).toBe(200);
    expect((await send(server, '/api/me', { secret: 'wrong', headers: cookie })).status).toBe(401);
    expect((await send(server, '/api/me?token=viewer-secret', { secret: null })).status).toBe(401);
    const basic = { Authorization: 'Basic b3duZXI6b3duZXI=' };
    expect((await send(server, '/api/me', { secret: null, headers: basic })).status).toBe(401);
  });

  it('asks for the role the route names', async () => {
    await using server = await startTestServer();
    const create = { method: 'POST', body: { title: 'x' } };
    expect((await send(server, '/api/tasks', { ...create, secret: 'viewer-secret' })).status).toBe(403);
    expect((await send(server, '/api/tasks', { ...create, secret: 'admin-secret' })).status).toBe(200);
    const ticket = { method: 'POST', body: {} };
    expect((await send(server, '/api/tickets', { ...ticket, secret: 'admin-secret' })).status).toBe(403);
    expect((await send(server, '/api/tickets', { ...ticket, secret: 'owner-secret' })).status).toBe(200);
  });

  it('keeps runs and runners away from the routes of people', async () => {
    await using server = await startTestServer();
    for (const secret of ['run-token', 'runner-token']) {
      expect(await refusalOf(await send(server, '/api/board', { secret }))).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
    }
  });

  it('refuses the eleventh attempt to sign in within a minute, and says when to come back', async () => {
    await using server = await startTestServer();
    const attempt = () =>
      send(server, '/api/session', { method: 'POST', secret: null, body: { ticket: 'guess' } });
    for (let count = 0; count < 10; count += 1) expect((await attempt()).status).toBe(401);
    server.advance(20_000);
    const refused = await attempt();
    expect(refused.headers.get('Retry-After')).toBe('40');
    expect(await refusalOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
    server.advance(40_000);
    expect((await attempt()).status).toBe(401);
  });
});

describe('R5: the session cookie', () => {
  const signIn = { method: 'POST', secret: null, body: { ticket: 'good-ticket' } };

  it('is out of reach of scripts and other sites', async () => {
    await using server = await startTestServer();
    const cookie = (await send(server, '/api/session', signIn)).headers.get('Set-Cookie');
    expect(cookie).toMatch(/^qd_session=owner-secret; /);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Expires=']) expect(cookie).toContain(part);
    expect(cookie).not.toContain('Secure');
  });

  it('is cleared at sign-out', async () => {
    await using server = await startTestServer();
    const cookie = (await send(server, '/api/session', { method: 'DELETE' })).headers.get('Set-Cookie');
    expect(cookie).toMatch(/^qd_session=; /);
  });

  it('goes over TLS only when people reach us over https', async () => {
    await using server = await startTestServer({
      publicOrigins: ['https://deck.example.org'],
    });
    const reply = await server.server.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { host: 'deck.example.org' },
      payload: { ticket: 'good-ticket' },
    });
    expect(reply.headers['set-cookie']).toContain('Secure');
  });
});

describe('what a request may contain', () => {
  it.each([
    ['a missing field', { body: {} }, 400, 'invalid_input', 'title: '],
    ['a wrong type deep inside', { body: { title: 'x', parents: [1] } }, 400, 'invalid_input', 'parents.0: '],
    [
      'a NUL in a text',
      { body: { title: 'a\0b' } },
      400,
      'invalid_input',
      'title: text must not contain a NUL',
    ],
    ['a body that is null', { body: 'null' }, 400, 'invalid_input', ''],
    ['text that is not JSON', { body: '{"title":' }, 400, 'invalid_input', 'the request cannot be read'],
    ['a poisoned prototype', { body: '{"__proto__":{"a":1},"title":"x"}' }, 400, 'invalid_input', ''],
    [
      'more than 1 MiB',
      { body: { title: 'x', body: 'y'.repeat(1_100_000) } },
      413,
      'body_too_large',
      '1 MiB',
    ],
    [
      'another content type',
      { body: 'title=x', headers: { 'Content-Type': 'text/plain' } },
      415,
      'unsupported_media_type',
      '',
    ],
    ['an empty title', { body: { title: ' ' } }, 400, 'title_empty', 'title cannot be empty'],
  ])('refuses %s', async (_what, sent, status, code, message) => {
    await using server = await startTestServer();
    const refusal = await refusalOf(await send(server, '/api/tasks', { method: 'POST', ...sent }));
    expect(refusal).toMatchObject({ status, code });
    expect(refusal.message).toContain(message);
    expect(server.tasks.size).toBe(0);
  });

  it('lets whoever sends far too much read why, also one that writes all before it reads', async () => {
    await using server = await startTestServer();
    const { hostname, port, host } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const body = Buffer.alloc(16 * 1024 * 1024, 'x');
    const head = ['POST /api/tasks HTTP/1.1', `Host: ${host}`, 'Authorization: Bearer owner-secret'];
    const kind = ['Content-Type: application/json', `Content-Length: ${body.length}`, '', ''];
    socket.write([...head, ...kind].join('\r\n'));
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.write(body, () => resolve());
    });
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 413 [\s\S]*body_too_large/);
    socket.destroy();
  });

  it('names the query field that is wrong', async () => {
    await using server = await startTestServer();
    const refusal = await refusalOf(await send(server, '/api/events?limit=0'));
    expect(refusal).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(refusal.message).toMatch(/^limit: /);
  });

  it('answers an unknown route with JSON', async () => {
    await using server = await startTestServer();
    const response = await send(server, '/api/nowhere?token=abc');
    expect(await refusalOf(response)).toEqual({
      status: 404,
      code: 'route_not_found',
      message: 'no such route: GET /api/nowhere',
    });
  });

  it('refuses a URL that cannot be decoded', async () => {
    await using server = await startTestServer();
    expect((await send(server, '/api/tasks/%')).status).toBe(400);
  });
});

describe('when a handler has a bug', () => {
  it('says nothing of it to the client, and logs it once under the request id', async () => {
    const { handlers } = createFakeBoard(createMemoryLog());
    await using server = await startTestServer({
      handlers: {
        ...handlers,
        'board.show': async () => {
          throw new Error('secret detail', { cause: new Error('the root of it') });
        },
      },
    });
    const response = await send(server, '/api/board');
    const text = await response.text();
    const requestId = response.headers.get('X-Request-Id') ?? '';
    expect(response.status).toBe(500);
    expect(text).toContain(requestId);
    expect(text).not.toContain('secret detail');
    const logged = server.lines.filter((line) => line.includes('secret detail'));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('the root of it');
    expect(logged[0]).toContain(requestId);
  });
});

it('R4: takes a client that leaves in the middle of its body for no bug of ours', async () => {
  await using server = await startTestServer();
  const { server: listener } = server.server.app;
  const arrived = once(listener, 'request');
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const headers = [
    'Authorization: Bearer owner-secret',
    'Content-Type: application/json',
    'Content-Length: 999',
  ];
  socket.write(['POST /api/tasks HTTP/1.1', 'Host: localhost', ...headers, '', '{"title":'].join('\r\n'));
  const [request] = (await arrived) as [IncomingMessage];
  request.once('data', () => socket.destroy());
  await new Promise((resolve) => request.once('close', resolve));
  await server.server.close();
  expect(server.lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});

describe('R5: what every reply carries', () => {
  it('forbids foreign scripts, frames and sniffing', async () => {
    await using server = await startTestServer();
    for (const path of ['/api/board', '/healthz', '/some/page']) {
      const { headers } = await send(server, path);
      expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('Content-Security-Policy')).toContain("script-src 'self';");
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('same-origin');
      expect(headers.get('X-Request-Id')).toMatch(/^q[0-9a-f]{16}$/);
    }
    expect((await send(server, '/api/board')).headers.get('Cache-Control')).toBe('no-store');
  });

  it('never logs a token', async () => {
    await using server = await startTestServer();
    await send(server, '/api/nowhere?token=owner-secret');
    server.server.app.log.warn(
      { headers: { authorization: 'Bearer owner-secret' }, token: 'owner-secret' },
      'x',
    );
    expect(server.lines.join('')).not.toContain('owner-secret');
  });
});

describe('health', () => {
  it('answers without sign-in', async () => {
    await using server = await startTestServer();
    const ask = (path: string) => send(server, path, { secret: null });
    expect(await (await ask('/healthz')).text()).toBe('ok');
    expect(await (await ask('/version')).json()).toEqual({ version: '1.2.3' });
    expect(await (await ask('/readyz')).json()).toEqual({ ready: true, checks: { database: true } });
  });

  it('says which check is not ready', async () => {
    await using server = await startTestServer({ checks: async () => ({ database: true, runner: false }) });
    const response = await send(server, '/readyz', { secret: null });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, checks: { database: true, runner: false } });
  });
});

it('gives handlers checked input and the principal', async () => {
  const { handlers } = createFakeBoard(createMemoryLog());
  const seen: unknown[] = [];
  await using server = await startTestServer({
    handlers: {
      ...handlers,
      'event.list': async (input, context) => {
        seen.push(input, context.principal);
        return ok({ events: [], cursor: 0 });
      },
    },
  });
  await send(server, '/api/events?since=7', { secret: 'viewer-secret' });
  expect(seen[0]).toEqual({ params: {}, query: { since: 7, limit: 200 }, body: undefined });
  expect(seen[1]).toMatchObject({ kind: 'person', name: 'cleo' });
});
