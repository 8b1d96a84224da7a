import { AGENT_TOOLS, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { ToolNaming } from '@quarterdeck/contract/profile';
import type { ToolKind } from '@quarterdeck/contract/session';
import { asRecord, blockText, type ToolFields } from './acp-update.ts';
import { isDiff, toolNameOf } from './tool-fields.ts';
import type { Announced } from './transcript-state.ts';

/** A request for permission and what the agent said of the same call before. */
export interface AskedCall {
  readonly fields: ToolFields;
  /** False when the agent gave a kind that ACP does not know. */
  readonly isKindKnown: boolean;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly announced: Announced | null;
}

interface McpTool {
  readonly server: string;
  readonly tool: string;
}

/** How Qwen calls the tool through which it calls tools that are not in the model's list. */
const INDIRECT = ['ToolCall', 'tool_call'];

/**
 * `server/tool` of a call to an MCP server. Only the fields that the agent's profile names are believed, since everything else in a
 * request can be the words of a model; null for other calls, and for ours as soon as anything about them does not fit.
 */
export function mcpToolOf(asked: AskedCall, namings: readonly ToolNaming[]): string | null {
  if (!asked.isKindKnown || namesFiles(asked) || hasCommand(asked)) return null;
  for (const naming of namings) {
    const found = isOfKind(asked, naming) && isFlagged(asked, naming) ? toolIn(asked, naming) : null;
    if (found !== null && agrees(asked, naming, found)) return `${found.server}/${found.tool}`;
  }
  return null;
}

function isOfKind({ fields, announced }: AskedCall, { kinds }: ToolNaming): boolean {
  const given = [fields.kind, announced?.kind].filter((kind): kind is ToolKind => Boolean(kind));
  return (given.length === 0 ? (['other'] as const) : given).every((kind) => kinds.includes(kind));
}

function isFlagged({ meta }: AskedCall, { flag }: ToolNaming): boolean {
  return flag === undefined || meta?.[flag] === true;
}

/** Tools of MCP servers that name files of this machine are not ours, and what else they are is not known. */
function namesFiles({ fields, announced }: AskedCall): boolean {
  return (
    (fields.locations ?? []).length > 0 ||
    (announced?.paths ?? []).length > 0 ||
    (fields.content ?? []).some(isDiff)
  );
}

function hasCommand({ fields, announced }: AskedCall): boolean {
  const inputs = [asRecord(fields.rawInput), asRecord(announced?.rawInput)];
  return inputs.some((input) => input !== null && ('command' in input || 'cmd' in input));
}

function toolIn(asked: AskedCall, { field, form }: ToolNaming): McpTool | null {
  const name = nameIn(asked, field);
  return name === null ? null : parseName(name, form);
}

function nameIn(asked: AskedCall, field: ToolNaming['field']): string | null {
  const { fields, announced } = asked;
  const toolName = toolNameOf(fields) ?? announced?.toolName ?? null;
  switch (field) {
    case 'tool-name':
      return toolName;
    case 'title':
      // An agent that says the tool's own name is believed by that only: its titles may be the words of a model.
      return toolName === null ? (fields.title ?? announced?.title ?? null) : null;
    case 'call-title':
      return announced?.isOpen ? announced.title : null;
    case 'input-name':
      return indirectName(asked, toolName);
  }
}

function indirectName({ fields, announced }: AskedCall, toolName: string | null): string | null {
  if (!INDIRECT.includes(toolName ?? announced?.title ?? '')) return null;
  const inputs = [asRecord(announced?.rawInput), asRecord(fields.rawInput)];
  const names = inputs.flatMap((input) =>
    input !== null && typeof input['name'] === 'string' && 'arguments' in input ? [input['name']] : [],
  );
  return new Set(names).size === 1 ? (names[0] ?? null) : null;
}

/** Whether what else the request says fits the tool it names. */
function agrees({ fields, announced }: AskedCall, naming: ToolNaming, { server, tool }: McpTool): boolean {
  if (naming.field === 'call-title') {
    const { title } = fields;
    if (title && title !== announced?.title && title !== tool) return false;
    const input = asRecord(fields.rawInput) ?? asRecord(announced?.rawInput);
    if ((input?.['server'] ?? server) !== server || (input?.['tool'] ?? tool) !== tool) return false;
  }
  return naming.displacedBy === undefined || !mayHaveArgument(fields, naming.displacedBy);
}

/** Whether the arguments, which stand in the request as text, may hold this one: text that was cut may. */
function mayHaveArgument({ content, rawInput }: ToolFields, argument: string): boolean {
  if (asRecord(rawInput) !== null) return true;
  const texts = (content ?? []).flatMap((block) => blockText(asRecord(block)?.['content']) ?? []);
  return texts.some((text) => {
    try {
      const input = asRecord(JSON.parse(text));
      return input === null || argument in input;
    } catch {
      const listed = text.match(/^\[Payload omitted due to length with parameters: ([\w, ]+)\]$/)?.[1];
      return listed === undefined || listed.split(', ').includes(argument);
    }
  });
}

function parseName(name: string, form: string): McpTool | null {
  const spelled = (server: string, tool: string) =>
    form.replace('<server>', () => server).replace('<tool>', () => tool);
  const own = Object.keys(AGENT_TOOLS).find((tool) => spelled(MCP_SERVER_NAME, tool) === name);
  if (own !== undefined) return { server: MCP_SERVER_NAME, tool: own };
  return parseForeign(name, form);
}

/** A tool of another server, when its name can be read in one way only. */
function parseForeign(name: string, form: string): McpTool | null {
  const between = form.match(/<(?:server|tool)>(.*)<(?:server|tool)>/)?.[1] ?? '';
  // One underscore parts the words of a tool's name as well.
  if (between === '' || between === '_') return null;
  const pattern = form
    .split(/(<server>|<tool>)/)
    .map((part) => PLACES.get(part) ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('');
  const { server, tool } = name.match(new RegExp(`^${pattern}$`))?.groups ?? {};
  if (server === undefined || tool === undefined) return null;
  return server.includes(between) || tool.includes(between) ? null : { server, tool };
}

const PLACES = new Map([
  ['<server>', '(?<server>[\\w-]+)'],
  ['<tool>', '(?<tool>[\\w-]+)'],
]);
