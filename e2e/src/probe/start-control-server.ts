import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

/** A control server with the one tool an agent needs to finish, as the product's own serves it. */
export interface ControlServer extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly completed: readonly { readonly summary: string }[];
}

/** Starts an MCP server on loopback that answers 401 to any request without its bearer token. */
export async function startControlServer(): Promise<ControlServer> {
  const token = randomUUID();
  const completed: { readonly summary: string }[] = [];
  const transports = new Map<string, StreamableHTTPServerTransport>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? transports.get(id) : undefined;
    const transport = known ?? (await openSession(transports, completed));
    await transport.handleRequest(request, response);
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    token,
    completed,
    [Symbol.asyncDispose]: async () => {
      for (const transport of transports.values()) await transport.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function openSession(
  transports: Map<string, StreamableHTTPServerTransport>,
  completed: { readonly summary: string }[],
): Promise<StreamableHTTPServerTransport> {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => void transports.set(id, transport),
  });
  const server = new McpServer({ name: 'control', version: '1.0.0' });
  const task = { description: 'Reports that the task is done.', inputSchema: { summary: z.string() } };
  server.registerTool('task_complete', task, ({ summary }) => {
    completed.push({ summary });
    return { content: [{ type: 'text', text: 'The task is complete.' }] };
  });
  await server.connect(transport);
  return transport;
}
