import { ROUTES, type Route, type RouteName } from '@quarterdeck/contract/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_NAMES } from './mount-routes.ts';
import { send, startTestServer, type TestServer } from './testing/start-test-server.ts';

const GARBAGE: readonly unknown[] = [
  '',
  'null',
  '[]',
  '42',
  '"text"',
  '{"',
  '\u0000\u0001',
  '{"title":{"a":[null]},"body":7,"ids":"x","parentId":[],"decision":{},"path":1e400,"text":false,"ticket":[]}',
  { constructor: { prototype: { isAdmin: true } } },
  { title: '\ud800 <script>alert(1)</script>', ids: [null, {}], priority: 1e308, body: ['x'] },
];
const GARBAGE_QUERIES = [
  '',
  '?since=abc&limit=-1&tail=1e9&max=x&dryRun=perhaps',
  '?since=1&since=2&limit[]=x',
  '?%00=%ff',
];
const isRead = (name: RouteName) => ROUTES[name].method === 'GET';
const pathOf = (name: RouteName, id = 't_00000001') => ROUTES[name].path.replaceAll(/:\w+/g, id);
const seedNames = ROUTE_NAMES.filter((name) => (ROUTES[name] as Route).seed);
const MOUNTS = [
  { prefix: '/api', names: ROUTE_NAMES },
  { prefix: '/api/plugins/kanban', names: seedNames },
];

describe.each(MOUNTS)('R3: every route under $prefix', ({ prefix, names }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.server.close());

  it.each(names.filter((name) => ROUTES[name].access !== 'open'))(
    '%s needs somebody signed in',
    async (name) => {
      const { method } = ROUTES[name];
      for (const secret of [null, 'wrong', 'x'.repeat(5000)]) {
        const response = await send(server, `${prefix}${pathOf(name)}`, { method, secret });
        expect(response.status).toBe(401);
      }
    },
  );

  it.each(names)('%s answers garbage with a refusal', async (name) => {
    const { method } = ROUTES[name];
    for (const id of ['t_00000001', '..%2f..%2fetc', '%00', "'%20or%201=1--", 'x'.repeat(90)]) {
      for (const query of GARBAGE_QUERIES) {
        const response = await send(server, `${prefix}${pathOf(name, id)}${query}`, { method });
        expect(response.status).toBeLessThan(500);
      }
    }
    if (isRead(name)) return;
    for (const body of GARBAGE) {
      // Each attempt from the past minute counts for sign-in.
      server.advance(60_000);
      const response = await send(server, `${prefix}${pathOf(name)}`, { method, body });
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get('Content-Type')).toContain('application/json');
    }
  });
});

it('K15: replies have the contract’s shape', async () => {
  await using server = await startTestServer();
  await send(server, '/api/tasks', { method: 'POST', body: { title: 'x' } });
  for (const name of ROUTE_NAMES.filter(isRead)) {
    const response = await send(server, `/api${pathOf(name)}`);
    if (response.ok) ROUTES[name].reply.parse(await response.json());
    else expect([404, 503]).toContain(response.status);
  }
});
