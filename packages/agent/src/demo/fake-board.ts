import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as acp from '@agentclientprotocol/sdk';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { AgentToolName } from '@quarterdeck/contract/agent-tools';
import { AGENT_TOOLS, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { z } from 'zod';

const TOKEN = 'a-run-token';

/** A board that takes every call with the right token and input, for tests. */
export interface FakeBoard extends AsyncDisposable {
  readonly port: number;
  readonly server: acp.McpServer;
  readonly calls: readonly { readonly tool: string; readonly input: Readonly<Record<string, unknown>> }[];
}

/** Serves all agent tools over MCP on loopback, on a free port unless one is given. */
export async function startFakeBoard(port = 0): Promise<FakeBoard> {
  const calls: { tool: string; input: Readonly<Record<string, unknown>> }[] = [];
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    const mcp = offerTools((tool, input) => void calls.push({ tool, input }));
    void mcp.connect(transport).then(() => transport.handleRequest(request, response));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const listening = (server.address() as AddressInfo).port;
  return {
    port: listening,
    server: {
      type: 'http',
      name: MCP_SERVER_NAME,
      url: `http://127.0.0.1:${listening}/mcp`,
      headers: [{ name: 'Authorization', value: `Bearer ${TOKEN}` }],
    },
    calls,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function offerTools(onCall: (tool: string, input: Readonly<Record<string, unknown>>) => void): McpServer {
  const server = new McpServer({ name: MCP_SERVER_NAME, version: '1.0.0' });
  for (const tool of Object.keys(AGENT_TOOLS) as AgentToolName[]) {
    const { description, input } = AGENT_TOOLS[tool];
    const inputSchema: z.ZodRawShape = input.shape;
    server.registerTool(tool, { description, inputSchema }, (given) => {
      onCall(tool, given);
      return { content: [{ type: 'text', text: `${tool} done` }] };
    });
  }
  return server;
}
