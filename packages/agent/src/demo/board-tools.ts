import { setTimeout as delay } from 'node:timers/promises';
import type * as acp from '@agentclientprotocol/sdk';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { AgentToolName } from '@quarterdeck/contract/agent-tools';
import { MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';

export interface ToolAnswer {
  readonly isError: boolean;
  readonly text: string;
}

export interface ToolCall {
  readonly tool: AgentToolName;
  readonly input: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** How long to try again while the server cannot be reached; it may just be restarting. */
  readonly patienceMs: number;
}

/** Quarterdeck's own tools, as this session was given them. */
export interface BoardTools {
  /** The tool's answer, also when it refuses; an answer of our own when the server cannot be reached. */
  readonly call: (call: ToolCall) => Promise<ToolAnswer>;
  readonly close: () => Promise<void>;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;

/** Connects to the MCP server named `quarterdeck` among those of session/new, at the first call. */
export function openBoardTools(servers: readonly acp.McpServer[]): BoardTools {
  const server = servers.find((given) => given.name === MCP_SERVER_NAME && 'url' in given);
  let client: Client | null = null;
  const close = async (): Promise<void> => {
    const open = client;
    client = null;
    // It may be gone already, which is what we want.
    await open?.close().catch(() => undefined);
  };
  const callOnce = async ({ tool, input, signal }: ToolCall): Promise<ToolAnswer> => {
    client ??= await connect(server, signal);
    const result = await client.callTool({ name: tool, arguments: { ...input } }, undefined, { signal });
    return { isError: result.isError === true, text: textOf(result['content']) };
  };
  const call = async (wanted: ToolCall): Promise<ToolAnswer> => {
    const until = performance.now() + wanted.patienceMs;
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(2 * wait, LONGEST_RETRY_MS)) {
      try {
        return await callOnce(wanted);
      } catch (error) {
        await close();
        wanted.signal.throwIfAborted();
        if (server === undefined || performance.now() + wait > until) return unreachable(error);
        await delay(wait, undefined, { signal: wanted.signal });
      }
    }
  };
  return { call, close };
}

async function connect(server: acp.McpServer | undefined, signal: AbortSignal): Promise<Client> {
  if (server === undefined || !('url' in server)) throw new Error('no such server was given to this session');
  const headers = Object.fromEntries(server.headers.map(({ name, value }) => [name, value]));
  const client = new Client({ name: 'quarterdeck-demo-agent', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } }), {
    signal,
  });
  return client;
}

function unreachable(error: unknown): ToolAnswer {
  const reason = error instanceof Error ? error.message : String(error);
  return { isError: true, text: `Quarterdeck's tools cannot be reached: ${reason}` };
}

function textOf(content: unknown): string {
  const blocks = Array.isArray(content) ? content : [];
  return blocks.flatMap((block) => (typeof block?.text === 'string' ? [block.text] : [])).join('\n');
}
