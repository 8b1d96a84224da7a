import { createInterface } from 'node:readline';

interface McpServer {
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}
interface Request {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly mcpServers?: readonly McpServer[] };
}

/** What an agent of the bench can do with its board while it works. */
export interface Work {
  /** Tells of a tool call that is done. */
  readonly didStep: (toolCallId: string, title: string) => void;
  /** Reports the task as complete. */
  readonly complete: (summary: string) => Promise<void>;
}

/** Speaks ACP over standard input and output; each prompt is one call of `work`. */
export async function serveAcp(name: string, work: (work: Work) => Promise<void>): Promise<void> {
  const sessionId = `${name}-${process.pid}`;
  let board: McpServer | undefined;
  const write = (message: object) =>
    void process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const didStep: Work['didStep'] = (toolCallId, title) => {
    const update = { sessionUpdate: 'tool_call', toolCallId, title, status: 'completed' };
    write({ method: 'session/update', params: { sessionId, update } });
  };
  const answer = async ({ method, params }: Request): Promise<unknown> => {
    if (method === 'initialize') {
      const agentCapabilities = { mcpCapabilities: { http: true } };
      return { protocolVersion: 1, agentInfo: { name, version: '1.0.0' }, agentCapabilities };
    }
    if (method === 'session/new') {
      board = params?.mcpServers?.find((server) => 'url' in server);
      return { sessionId };
    }
    if (method !== 'session/prompt') return {};
    await work({ didStep, complete: (summary) => complete(board, summary) });
    return { stopReason: 'end_turn' };
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    if (request.id === undefined || request.method === undefined) continue;
    void answer(request).then((result) => write({ id: request.id, result }));
  }
}

async function complete(board: McpServer | undefined, summary: string): Promise<void> {
  if (!board) throw new Error('no MCP server was given');
  const headers = Object.fromEntries(board.headers.map(({ name, value }) => [name, value]));
  const params = { name: 'task_complete', arguments: { summary } };
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
