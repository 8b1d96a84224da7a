import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { refuse } from '@quarterdeck/contract/refuse';
import type { Result } from '@quarterdeck/contract/result';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendJson, sendRefusal } from '../answer.ts';
import { bearerToken } from '../credentials.ts';
import { CONTRACT_DIALECT } from '../dialect.ts';
import type { HttpServerOptions } from '../http-server-options.ts';
import { digestOf, type Once, readKey } from '../idempotency.ts';
import { addressingOf } from '../request-facts.ts';
import { checkOrigin } from '../request-origin.ts';
import { type CallTool, createAgentToolServer } from './agent-tool-server.ts';

export interface MountMcpDeps
  extends Pick<HttpServerOptions, 'agentTools' | 'version' | 'allowedHosts' | 'publicOrigins'> {
  readonly once: Once;
}

/**
 * Mounts the agents' tools over MCP (Streamable HTTP) without sessions: every request stands alone and its bearer token says
 * which run makes it. A run that no longer owns its task gets HTTP 409, so that the agent host can stop it.
 */
export function mountMcp(app: FastifyInstance, deps: MountMcpDeps): void {
  app.post('/mcp', (request, reply) => answerPost(deps, request, reply));
  const refuseMethod = (_request: FastifyRequest, reply: FastifyReply) =>
    sendJson(reply.header('Allow', 'POST'), 405, rpcError(-32000, 'This server has no sessions: use POST.'));
  app.get('/mcp', refuseMethod);
  app.delete('/mcp', refuseMethod);
}

async function answerPost(
  deps: MountMcpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const run = await identifyRun(deps, request);
  if (!run.ok) return sendRefusal(reply, run.refusal, CONTRACT_DIALECT);
  const key = readKey(request.headers['idempotency-key']);
  if (!key.ok) return sendRefusal(reply, key.refusal, CONTRACT_DIALECT);
  const seen = { isSuperseded: false, isReplay: false };
  const response = await handleRpc(deps.version, request, async (name, input) => {
    const work = () => deps.agentTools.call(run.value.runId, name, input);
    const { result, isReplay } =
      key.value === null
        ? { result: await work(), isReplay: false }
        : await deps.once(keyedCall(run.value.runId, key.value, [name, input]), work);
    seen.isReplay ||= isReplay;
    seen.isSuperseded ||= !result.ok && result.refusal.code === 'run_superseded';
    return result;
  });
  if (seen.isReplay) reply.header('Idempotent-Replay', 'true');
  return sendResponse(reply, response, seen.isSuperseded ? 409 : response.status);
}

async function identifyRun(
  deps: MountMcpDeps,
  request: FastifyRequest,
): Promise<Result<{ readonly runId: string }>> {
  const origin = checkOrigin(addressingOf(request), deps);
  if (!origin.ok) return origin;
  const token = bearerToken(request.headers.authorization);
  return token === null ? refuse('sign_in_required') : deps.agentTools.authenticate(token);
}

function keyedCall(runId: string, key: string, call: readonly unknown[]) {
  return { scope: `run:${runId}`, key, requestDigest: digestOf(['mcp', ...call]) };
}

/** One server and transport for one request: the SDK's own rule for working without sessions. */
async function handleRpc(version: string, request: FastifyRequest, callTool: CallTool): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = createAgentToolServer(version, callTool);
  await server.connect(transport);
  try {
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]),
    );
    const asked = new Request('http://localhost/mcp', { method: 'POST', headers });
    return await transport.handleRequest(asked, { parsedBody: request.body ?? null });
  } finally {
    await server.close();
  }
}

async function sendResponse(reply: FastifyReply, response: Response, status: number): Promise<FastifyReply> {
  const type = response.headers.get('content-type');
  if (type !== null) reply.header('Content-Type', type);
  const text = await response.text();
  return reply
    .code(status)
    .header('Cache-Control', 'no-store')
    .send(text === '' ? undefined : text);
}

function rpcError(code: number, message: string) {
  return { jsonrpc: '2.0', error: { code, message }, id: null };
}
