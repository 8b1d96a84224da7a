import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AGENT_TOOLS, type AgentToolName } from '@quarterdeck/contract/agent-tools';
import { ERRORS, type ErrorCode } from '@quarterdeck/contract/errors';
import type { Proposal } from '@quarterdeck/contract/proposal';
import { ROUTES, type Route, type RouteName } from '@quarterdeck/contract/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, waitForApproval, waitForStatus } from '../program/board-view.ts';
import { makeRepository } from '../program/make-repository.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { type BadRequest, badRequests, ODD_VALUES, oddFields } from './bad-requests.ts';

const AGENT = join(import.meta.dirname, '../../fixtures/agents/bad-agent.ts');
const NAMES = Object.keys(ROUTES) as RouteName[];
const STATUSES = new Set<number>(Object.values(ERRORS).map(({ status }) => status));
/** No answer within this time is a hang, also on a loaded machine. */
const PATIENCE_MS = 30_000;
const AT_ONCE = 6;

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly body?: string | Uint8Array | undefined;
  readonly contentType?: string;
  readonly token?: string | null;
}

interface Answered {
  readonly status: number;
  readonly reply: unknown;
}

describe('bad input', () => {
  let program: Program;
  let proposal: Proposal;
  beforeAll(async () => {
    program = await startProgram({
      args: ['--no-demo'],
      profiles: [
        { id: 'asks', name: 'Asks', initials: 'A', command: process.execPath, args: [AGENT, 'asks'] },
      ],
    });
    await createTask(program.client, { title: 'Asks', assignee: 'asks' });
    await createTask(program.client, { title: 'Rests' });
    proposal = await waitForApproval(program.client);
  });
  afterAll(() => program[Symbol.asyncDispose]());

  async function send({ path, method, body, contentType, token = program.token }: Sent): Promise<Answered> {
    const headers: Record<string, string> = {
      ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const content = body === undefined ? null : Buffer.from(body);
    const response = await fetch(`${program.url}${path}`, { method, headers, body: content, signal });
    const text = await response.text();
    return { status: response.status, reply: text === '' ? null : JSON.parse(text) };
  }

  function pathOf(prefix: string, route: RouteName): string {
    const ids: Record<string, string> = {
      taskId: proposal.taskId,
      projectId: proposal.projectId,
      runId: proposal.runId,
      sessionId: proposal.sessionId,
      proposalId: proposal.id,
    };
    return `${prefix}${ROUTES[route].path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? name)}`;
  }

  /** What must not change: every fact, the board, the waiting question. Ages and leases move on by themselves. */
  async function state(): Promise<unknown> {
    const board = await program.client.call('board.show', { query: { includeArchived: 'true' } });
    if (!board.ok) throw new Error(board.refusal.message);
    const cards = board.value.columns.flatMap(({ tasks }) =>
      tasks.map(({ age, run, claimExpiresAt, ...card }) => card),
    );
    const list = await program.client.call('approval.list', {});
    const projects = await program.client.call('project.list');
    return { cards, links: board.value.links, events: await program.events(), list, projects };
  }

  const sendRoute = (prefix: string, request: BadRequest) =>
    send({
      path: `${pathOf(prefix, request.route)}${request.query}`,
      method: ROUTES[request.route].method,
      body: prefix.endsWith('kanban') ? inSeedSpelling(request.body) : request.body,
      contentType: request.contentType,
    });

  const MOUNTS = [
    { prefix: '/api', names: NAMES },
    { prefix: '/api/plugins/kanban', names: NAMES.filter((name) => (ROUTES[name] as Route).seed) },
  ];

  it.each(MOUNTS)('is refused on every route under $prefix, and changes nothing', async (mount) => {
    const { prefix, names } = mount;
    const before = await state();
    // The seed's times are seconds, which may have a fraction, and to it an empty key is no key.
    const soundToSeed = ['scheduledAt: fraction', 'idempotencyKey: empty'];
    const isSound = ({ what }: BadRequest) => prefix.endsWith('kanban') && soundToSeed.includes(what);
    const bad = names.flatMap(badRequests);
    const requests = bad.filter((request) => request.isInvalid && !isSound(request));
    expect(requests.length).toBeGreaterThan(200);
    const wrong = await inParallel(requests, async (request) => {
      const { status, reply } = await sendRoute(prefix, request);
      const isRefused = status >= 400 && status < 500 && isRefusal(prefix, status, reply);
      return isRefused ? [] : [`${request.route} ${request.what}: ${status} ${textOf(reply)}`];
    });
    expect(wrong).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it.each(MOUNTS)('of ids nobody knows is refused under $prefix', async ({ prefix, names }) => {
    const odd = ['t_ffffffff', '__proto__', 'constructor', '%00', '..%2f..%2f', '%ff', 'x'.repeat(3000), '%'];
    const withId = names.filter((name) => ROUTES[name].path.includes(':'));
    const before = await state();
    const wrong = await inParallel(
      withId.flatMap((name) => odd.map((id) => ({ name, id }))),
      async ({ name, id }) => {
        const { method, path } = ROUTES[name];
        const body = method === 'GET' ? undefined : soundBody(name);
        const sent = { path: `${prefix}${path.replaceAll(/:\w+/g, id)}`, method, body };
        const { status, reply } = await send(sent);
        const isRefused = status >= 400 && status < 500 && isRefusal(prefix, status, reply);
        return isRefused ? [] : [`${name} ${id}: ${status} ${textOf(reply)}`];
      },
    );
    expect(wrong).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it.each(MOUNTS)('and good input of nobody is refused under $prefix', async ({ prefix, names }) => {
    const before = await state();
    const tokens = [null, 'wrong', `${program.token}x`, program.token.slice(0, -1), 'é'.repeat(200), '%00'];
    const guarded = names.filter((name) => ROUTES[name].access !== 'open');
    const wrong = await inParallel(
      guarded.flatMap((name) => tokens.map((token) => ({ name, token }))),
      async ({ name, token }) => {
        const { method } = ROUTES[name];
        const body = method === 'GET' ? undefined : soundBody(name);
        const encoded = token === null ? null : Buffer.from(token).toString('latin1');
        const { status } = await send({ path: pathOf(prefix, name), method, body, token: encoded });
        return status === 401 ? [] : [`${name} ${token}: ${status}`];
      },
    );
    expect(wrong).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('is refused by the tools of agents, and changes nothing', async () => {
    const spec = join(program.home, 'runner', 'runs', proposal.runId, 'spec.json');
    const { order } = JSON.parse(await readFile(spec, 'utf8'));
    const before = await state();
    const strange = [
      '',
      '{',
      '[]',
      'null',
      '42',
      '[[[[',
      '{"jsonrpc":"2.0"}',
      '{"jsonrpc":"2.0","id":1,"method":"x"}',
    ];
    const calls = Object.keys(AGENT_TOOLS).flatMap((name) => badCalls(name as AgentToolName));
    const bodies = [...strange, call('no_such_tool', {}), call('__proto__', {}), ...calls];
    const wrong = await inParallel(bodies, async (body) => {
      const { status, reply } = await send({ path: '/mcp', method: 'POST', body, token: order.token });
      const isRefused =
        status < 500 && (status >= 400 || /"isError":true|"error":/.test(JSON.stringify(reply)));
      return isRefused ? [] : [`${body.slice(0, 200)}: ${status} ${textOf(reply)}`];
    });
    expect(wrong).toEqual([]);
    for (const token of [null, 'wrong', program.token]) {
      const { status } = await send({ path: '/mcp', method: 'POST', body: call('task_show', {}), token });
      expect(status).toBe(401);
    }
    expect(await state()).toEqual(before);
  });

  it('that the contract has room for is answered without a failure', async () => {
    const requests = NAMES.flatMap(badRequests).filter((request) => !request.isInvalid);
    const wrong = await inParallel(requests, async (request) => {
      const { status, reply } = await sendRoute('/api', request);
      const isRight = status === 200 || (status < 500 && isRefusal('/api', status, reply));
      return isRight ? [] : [`${request.route} ${request.what}: ${status} ${textOf(reply)}`];
    });
    expect(wrong).toEqual([]);
  });

  it('of 10,000 ids at once is answered one by one while others are served', async () => {
    const ids = (ODD_VALUES['10,001 ids'] as string[]).slice(1);
    const bulk = program.client.call(
      'task.bulk',
      { body: { ids, priority: 1 } },
      { signal: AbortSignal.timeout(60_000) },
    );
    const meanwhile = await program.client.call('board.stats');
    expect(meanwhile.ok).toBe(true);
    const done = await bulk;
    expect(done.ok && done.value.results.filter((result) => !result.ok)).toHaveLength(10_000);
  });

  it('such as a repository that is gone: the task is blocked and says what to do', async () => {
    const path = await makeRepository(join(program.home, 'gone'), { 'a.txt': 'a' });
    const added = await program.client.call('project.add', { body: { path, defaultProfile: 'asks' } });
    if (!added.ok) throw new Error(added.refusal.message);
    await rm(path, { recursive: true });
    const taskId = await createTask(program.client, { title: 'Nowhere', projectId: added.value.project.id });
    const card = await waitForStatus(program.client, taskId, 'blocked');
    expect(card).toMatchObject({ blockKind: 'failures', failureCount: 1 });
    expect(card.blockReason).toContain(`${path} does not exist on this machine. Put it back`);
  });
});

function soundBody(name: RouteName): string | undefined {
  const [request] = badRequests(name).filter(({ what, body }) => what.startsWith('?') && body !== undefined);
  return typeof request?.body === 'string' ? request.body : undefined;
}

function isRefusal(prefix: string, status: number, reply: unknown): boolean {
  const isRecord = typeof reply === 'object' && reply !== null;
  if (!isRecord) return false;
  if (prefix.endsWith('kanban'))
    return 'detail' in reply && typeof reply.detail === 'string' && STATUSES.has(status);
  const error = 'error' in reply ? (reply.error as { code: ErrorCode; message: string }) : null;
  return error !== null && error.message !== '' && ERRORS[error.code]?.status === status;
}

function inSeedSpelling(body: BadRequest['body']): BadRequest['body'] {
  if (typeof body !== 'string') return body;
  return body.replaceAll(
    /"([a-z]+)([A-Z])(\w*)":/g,
    (_, head, letter, rest) => `"${head}_${letter.toLowerCase()}${rest}":`,
  );
}

function call(name: string, args: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
}

function badCalls(name: AgentToolName): string[] {
  const { input } = AGENT_TOOLS[name];
  return oddFields(input, {}).flatMap(({ body }) => {
    const args = JSON.parse(String(body));
    return input.safeParse(args).success ? [] : [call(name, args)];
  });
}

function textOf(reply: unknown): string {
  return JSON.stringify(reply)?.slice(0, 200) ?? '';
}

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<string[]>): Promise<string[]> {
  const rest = [...all];
  const found: string[] = [];
  const worker = async () => {
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) found.push(...(await work(next)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}
