import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { AGENT_TOOLS, type AgentToolName, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { Result } from '@quarterdeck/contract/result';

export type CallTool = (name: AgentToolName, input: unknown) => Promise<Result<unknown>>;

/** Claude Code hides tools behind a search unless they say that they are always needed. Others ignore it. */
const IN_SIGHT = { 'anthropic/alwaysLoad': true };

/** An MCP server with the agent tools of the contract. The SDK checks each call's input against the tool's schema. */
export function createAgentToolServer(version: string, callTool: CallTool): McpServer {
  const server = new McpServer({ name: MCP_SERVER_NAME, version });
  for (const name of Object.keys(AGENT_TOOLS) as AgentToolName[]) {
    const { description, input } = AGENT_TOOLS[name];
    server.registerTool(name, { description, inputSchema: input, _meta: IN_SIGHT }, async (given: unknown) =>
      toolResult(await callTool(name, given)),
    );
  }
  return server;
}

/** A refusal is a result the agent can read and act on, not a failure of the protocol. */
function toolResult(result: Result<unknown>): CallToolResult {
  if (!result.ok) return { isError: true, content: [{ type: 'text', text: result.refusal.message }] };
  const text = typeof result.value === 'string' ? result.value : JSON.stringify(result.value ?? { ok: true });
  return { content: [{ type: 'text', text }] };
}
