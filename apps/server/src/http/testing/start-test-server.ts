import type { Principal } from '@quarterdeck/contract/identity';
import { PersonId, RunId, RunnerId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { createLiveBus, type LiveBus } from '@quarterdeck/core/events';
import { createHttpServer, type HttpServer } from '../create-http-server.ts';
import type { HttpServerOptions } from '../http-server-options.ts';
import { createFakeBoard, type FakeBoard, PERSON } from './fake-handlers.ts';
import { createMemoryLog, createMemoryReplies, type MemoryLog } from './memory-log.ts';

/** Secrets the test server knows, and whose they are. */
export const SECRETS: Readonly<Record<string, Principal>> = {
  'owner-secret': { kind: 'person', ...PERSON },
  'admin-secret': { kind: 'person', personId: PersonId.parse('u_admin'), name: 'ben', role: 'admin' },
  'viewer-secret': { kind: 'person', personId: PersonId.parse('u_viewer'), name: 'cleo', role: 'viewer' },
  'run-token': { kind: 'run', runId: RunId.parse('r_live') },
  'runner-token': { kind: 'runner', runnerId: RunnerId.parse('m_0001'), name: 'here' },
};

export interface TestServer extends FakeBoard, AsyncDisposable {
  readonly url: string;
  readonly server: HttpServer;
  readonly log: MemoryLog;
  readonly live: LiveBus;
  readonly lines: string[];
  readonly secrets: Map<string, Principal>;
  /** Moves the server's clock. */
  advance(ms: number): void;
}

/** A real server on a free port with a board in memory. */
export async function startTestServer(over: Partial<HttpServerOptions> = {}): Promise<TestServer> {
  const log = createMemoryLog();
  const board = createFakeBoard(log);
  const live = createLiveBus();
  const lines: string[] = [];
  const secrets = new Map(Object.entries(SECRETS));
  let now = 1_700_000_000_000;
  const server = createHttpServer({
    handlers: board.handlers,
    authenticate: async (secret) => secrets.get(secret) ?? null,
    feed: log.feed,
    live,
    readEvents: log.readEvents,
    replies: createMemoryReplies(),
    agentTools: {
      authenticate: async (token) =>
        token === 'run-token' ? ok({ runId: 'r_live' }) : refuse('sign_in_required'),
      call: async (_runId, name, input) => ok({ name, input }),
    },
    onRunnerSocket: (socket, runner) => socket.send(JSON.stringify({ hello: runner.name })),
    checks: async () => ({ database: true }),
    webRoot: '/nowhere',
    allowedHosts: [],
    publicOrigins: [],
    log: { level: 'debug', stream: { write: (line) => lines.push(line) } },
    version: '1.2.3',
    clock: { now: () => now },
    ...over,
  });
  const { url } = await server.listen('127.0.0.1', 0);
  return {
    ...board,
    url,
    server,
    log,
    live,
    lines,
    secrets,
    advance: (ms) => {
      now += ms;
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

export interface Sent {
  readonly method?: string;
  readonly secret?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends JSON as the owner unless told otherwise. */
export async function send(server: TestServer, path: string, sent: Sent = {}): Promise<Response> {
  const { method = 'GET', secret = 'owner-secret', body, headers = {} } = sent;
  return fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
