import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { AGENT_TOOLS, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { describe, expect, it } from 'vitest';
import type { AgentToolCalls } from '../http-server-options.ts';
import { send, startTestServer, type TestServer } from '../testing/start-test-server.ts';

interface Call {
  readonly runId: string;
  readonly name: string;
  readonly input: unknown;
}

/** Tools of two runs, of which `r_old` no longer owns its task. */
function createFakeTools() {
  const calls: Call[] = [];
  const runs: Readonly<Record<string, string>> = {
    'token-live': 'r_live',
    'token-old': 'r_old',
    'token-late': 'r_late',
  };
  const agentTools: AgentToolCalls = {
    async authenticate(token) {
      const runId = runs[token];
      if (!runId) return refuse('sign_in_required');
      return runId === 'r_old' ? refuse('run_superseded', { runId }) : ok({ runId });
    },
    async call(runId, name, input) {
      calls.push({ runId, name, input });
      if (runId === 'r_late') return refuse('run_superseded', { runId });
      if (name === 'task_show') return refuse('task_not_found', { taskId: 't_gone0' });
      return ok({ done: calls.length });
    },
  };
  return { agentTools, calls };
}

async function connect(server: TestServer, token: string, headers: Readonly<Record<string, string>> = {}) {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), {
      requestInit: { headers: { Authorization: `Bearer ${token}`, ...headers } },
    }),
  );
  return client;
}

const rpc = (method: string, params: unknown = {}, id = 1) => ({ jsonrpc: '2.0', id, method, params });
const post = (server: TestServer, body: unknown, sent: { token?: string; key?: string } = {}) =>
  send(server, '/mcp', {
    method: 'POST',
    secret: sent.token ?? 'token-live',
    body,
    headers: {
      Accept: 'application/json, text/event-stream',
      ...(sent.key ? { 'Idempotency-Key': sent.key } : {}),
    },
  });
const comment = (body: string, id = 1) =>
  rpc('tools/call', { name: 'task_comment', arguments: { body } }, id);

describe('K17: an agent works through MCP', () => {
  it('finds every tool of the contract and calls them as its run', async () => {
    const { agentTools, calls } = createFakeTools();
    await using server = await startTestServer({ agentTools });
    const client = await connect(server, 'token-live');
    expect(client.getServerVersion()).toMatchObject({ name: MCP_SERVER_NAME, version: '1.2.3' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(Object.keys(AGENT_TOOLS));
    expect(tools.find(({ name }) => name === 'task_block')?.inputSchema).toMatchObject({
      type: 'object',
      required: ['reason'],
    });
    const result = await client.callTool({ name: 'task_block', arguments: { reason: ' no key ' } });
    expect(result).toEqual({ content: [{ type: 'text', text: '{"done":1}' }] });
    expect(calls).toEqual([
      { runId: 'r_live', name: 'task_block', input: { reason: 'no key', kind: 'needs_input' } },
    ]);
    await client.close();
  });

  it('reads why a call was refused', async () => {
    const { agentTools, calls } = createFakeTools();
    await using server = await startTestServer({ agentTools });
    const client = await connect(server, 'token-live');
    const refused = await client.callTool({ name: 'task_show', arguments: {} });
    expect(refused).toEqual({ isError: true, content: [{ type: 'text', text: 'task t_gone0 not found' }] });
    const wrong = await client.callTool({ name: 'task_complete', arguments: { summary: 7 } });
    expect(wrong.isError).toBe(true);
    expect(calls).toHaveLength(1);
    await client.close();
  });

  it('gets 409 when another run has taken over, before and during a call', async () => {
    const { agentTools } = createFakeTools();
    await using server = await startTestServer({ agentTools });
    const old = await post(server, rpc('tools/list'), { token: 'token-old' });
    expect(old.status).toBe(409);
    expect(await old.json()).toMatchObject({ error: { code: 'run_superseded' } });
    const late = await post(server, comment('x'), { token: 'token-late' });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ id: 1, result: { isError: true } });
  });

  it('R5: needs the token of a run', async () => {
    const { agentTools, calls } = createFakeTools();
    await using server = await startTestServer({ agentTools });
    for (const token of ['owner-secret', 'wrong']) {
      expect((await post(server, comment('x'), { token })).status).toBe(401);
    }
    expect((await send(server, '/mcp', { method: 'POST', secret: null, body: comment('x') })).status).toBe(
      401,
    );
    const origin = { Origin: 'https://evil.example' };
    const foreign = await send(server, '/mcp', {
      method: 'POST',
      secret: 'token-live',
      body: comment('x'),
      headers: origin,
    });
    expect(foreign.status).toBe(403);
    expect(calls).toEqual([]);
  });

  it('has no sessions: GET and DELETE are not allowed', async () => {
    await using server = await startTestServer();
    for (const method of ['GET', 'DELETE']) {
      const response = await send(server, '/mcp', { method });
      expect([response.status, response.headers.get('Allow')]).toEqual([405, 'POST']);
    }
  });

  it('does a repeated call once and answers it again', async () => {
    const { agentTools, calls } = createFakeTools();
    await using server = await startTestServer({ agentTools });
    const key = 'r_live:call:00001';
    const first = await post(server, comment('x', 4), { key });
    const again = await post(server, comment('x', 5), { key });
    expect(again.headers.get('Idempotent-Replay')).toBe('true');
    const content = [{ type: 'text', text: '{"done":1}' }];
    expect(await first.json()).toEqual({ jsonrpc: '2.0', id: 4, result: { content } });
    expect(await again.json()).toEqual({ jsonrpc: '2.0', id: 5, result: { content } });
    const other = await post(server, comment('y'), { key });
    expect(await other.json()).toMatchObject({ result: { isError: true } });
    expect(calls).toHaveLength(1);
  });
});

describe('R3: what is no MCP', () => {
  it.each([
    ['a probe for another protocol', rpc('server/discover'), 200, { error: { code: -32601 } }],
    [
      'a stray cancellation',
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } },
      202,
      null,
    ],
    ['no JSON-RPC', { hello: 1 }, 400, { error: { code: -32700 } }],
    ['an empty batch', [], 202, null],
    ['a tool nobody has', rpc('tools/call', { name: 'rm', arguments: {} }), 200, {}],
    ['a call without a name', rpc('tools/call', {}), 200, { error: {} }],
  ])('rejects %s cleanly', async (_what, body, status, reply) => {
    await using server = await startTestServer({ agentTools: createFakeTools().agentTools });
    const response = await post(server, body);
    expect(response.status).toBe(status);
    if (reply) expect(await response.json()).toMatchObject(reply);
  });

  it.each(['', 'null', '42', '"x"', '{'])('answers the body %j without a bug', async (body) => {
    await using server = await startTestServer({ agentTools: createFakeTools().agentTools });
    expect((await post(server, body)).status).toBeLessThan(500);
  });
});

it('A5: every tool says that it is always needed, so that no agent hides it behind a search', async () => {
  await using server = await startTestServer({ agentTools: createFakeTools().agentTools });
  const reply = await (await post(server, rpc('tools/list'))).json();
  const { tools } = reply.result;
  expect(tools.map((tool: { name: string }) => tool.name).sort()).toEqual(Object.keys(AGENT_TOOLS).sort());
  for (const tool of tools) expect(tool._meta).toMatchObject({ 'anthropic/alwaysLoad': true });
});
