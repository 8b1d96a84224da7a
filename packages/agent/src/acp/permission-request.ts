import { AGENT_TOOLS, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { z } from 'zod';
import { asRecord, ToolFields } from './acp-update.ts';
import { clipEnd } from './clip.ts';
import { toolNameOf } from './tool-fields.ts';
import type { ToolItem } from './transcript-state.ts';

const Option = z.object({ optionId: z.string(), kind: z.string().nullish().catch(null) });
type Option = z.infer<typeof Option>;

/** A `session/request_permission`, read loosely. */
export const PermissionRequest = z.object({
  sessionId: z.string(),
  toolCall: ToolFields,
  options: z.array(Option),
  _meta: z.record(z.string(), z.unknown()).nullish().catch(null),
});
export type PermissionRequest = z.infer<typeof PermissionRequest>;

/** What an answer comes to on the agent's side. */
export type PermissionOutcome =
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'selected'; readonly optionId: string };

// "Always" options leave rules in the agent's own settings, out of our sight, so they come last. A refusal without an
// option of its kind is a cancel: it must never turn into a permission.
const PREFERRED = {
  allow: ['allow_once', 'allow_always'],
  deny: ['reject_once', 'reject_always'],
} as const;

/** Chooses the option for a decision by its kind, never by its id. */
export function chooseOption(options: readonly Option[], decision: 'allow' | 'deny'): PermissionOutcome {
  for (const kind of PREFERRED[decision]) {
    const found = options.find((option) => option.kind === kind);
    if (found !== undefined) return { outcome: 'selected', optionId: found.optionId };
  }
  return { outcome: 'cancelled' };
}

/** What the agent wants to do: what it says in the request, and what it said before about the same call. */
export function permissionDetail(request: PermissionRequest, item: ToolItem | null): PermissionDetail {
  const { toolCall } = request;
  const input = asRecord(toolCall.rawInput) ?? parsedInput(item);
  const title = toolCall.title || item?.title || 'Use a tool';
  const toolKind = toolCall.kind ?? item?.toolKind ?? 'other';
  const command = toolKind === 'execute' ? commandOf(input) : null;
  return {
    toolKind,
    title: clipEnd(title, 400),
    command,
    paths: item?.paths ?? [],
    mcpTool: command === null ? mcpToolOf(toolNameOf(toolCall) ?? title, input) : null,
    changes: item?.changes ?? [],
    input: item?.input ?? null,
  };
}

/** The shell command in a call's arguments, or null. */
export function commandOf(input: Readonly<Record<string, unknown>> | null): string | null {
  const command = input?.['command'] ?? input?.['cmd'];
  if (typeof command === 'string') return command;
  return Array.isArray(command) ? command.map(String).join(' ') : null;
}

/** `server/tool` of a call to an MCP server, from the ways agents name such calls; null for other calls. */
export function mcpToolOf(name: string, input: Readonly<Record<string, unknown>> | null): string | null {
  // Claude: mcp__server__tool. Codex: mcp.server.tool, with both in the arguments. Whole names only: a command that
  // merely begins so must not pass for a tool.
  const [, server, tool] =
    name.match(/^mcp__([\w-]+?)__([\w-]+)$/) ?? name.match(/^mcp\.([\w-]+)\.([\w-]+)$/) ?? [];
  if (server !== undefined && tool !== undefined) return `${server}/${tool}`;
  const own = Object.keys(AGENT_TOOLS).find((ours) =>
    [`${MCP_SERVER_NAME}_${ours}`, `mcp_${MCP_SERVER_NAME}_${ours}`, `${MCP_SERVER_NAME}-${ours}`].includes(
      name,
    ),
  );
  if (own !== undefined) return `${MCP_SERVER_NAME}/${own}`;
  const { server: given, tool: called } = input ?? {};
  return typeof given === 'string' && typeof called === 'string' ? `${given}/${called}` : null;
}

function parsedInput(item: ToolItem | null): Readonly<Record<string, unknown>> | null {
  try {
    return asRecord(JSON.parse(item?.input ?? 'null'));
  } catch {
    // Long arguments are cut, and then no JSON any more.
    return null;
  }
}
