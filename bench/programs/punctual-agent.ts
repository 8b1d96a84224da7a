// A real ACP agent that notes when its process began, and reports its task as complete at the first prompt.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [logFile = ''] = process.argv.slice(2);
// performance.timeOrigin is taken when the process starts, before any JavaScript is loaded.
appendFileSync(
  logFile,
  `${JSON.stringify({ spawnedAt: performance.timeOrigin, runningAt: performance.timeOrigin + performance.now() })}\n`,
);

interface McpServer {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}
interface Request {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly mcpServers?: readonly McpServer[] };
}

let board: McpServer | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  if (request.id === undefined || request.method === undefined) continue;
  const result = await answer(request);
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: request.id, result })}\n`);
}

async function answer({ method, params }: Request): Promise<unknown> {
  if (method === 'initialize') {
    const agentCapabilities = { mcpCapabilities: { http: true } };
    return { protocolVersion: 1, agentInfo: { name: 'Punctual', version: '1.0.0' }, agentCapabilities };
  }
  if (method === 'session/new') {
    board = params?.mcpServers?.find((server) => 'url' in server);
    return { sessionId: `punctual-${process.pid}` };
  }
  if (method !== 'session/prompt') return {};
  await complete();
  return { stopReason: 'end_turn' };
}

async function complete(): Promise<void> {
  if (!board) throw new Error('no MCP server was given');
  const headers = Object.fromEntries(board.headers.map(({ name, value }) => [name, value]));
  const params = { name: 'task_complete', arguments: { summary: 'Done at once.' } };
  const reply = await fetch(board.url, {
    method: 'POST',
    headers: {
      ...headers,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  });
  if (!reply.ok) throw new Error(`the board answered ${reply.status}: ${await reply.text()}`);
}
