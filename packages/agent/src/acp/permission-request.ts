import type { Profile } from '@quarterdeck/contract/profile';
import type { NamedPlace, PermissionDetail } from '@quarterdeck/contract/proposal';
import type { FileChange } from '@quarterdeck/contract/session';
import { ToolKind } from '@quarterdeck/contract/session';
import { z } from 'zod';
import { asRecord, blockText, ToolFields } from './acp-update.ts';
import { pathsOfCall } from './call-paths.ts';
import { clipEnd } from './clip.ts';
import { type AskedCall, mcpToolOf } from './mcp-tool.ts';
import { COMMAND_KEYS, findNamedPaths, type LookUp, namedPlaces } from './named-paths.ts';
import { offeredOptions } from './offered-options.ts';
import { changesOf, inputOf, titleOf, toolNameOf } from './tool-fields.ts';
import type { TrackedTool } from './transcript-state.ts';

const loose = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const AskedFields = ToolFields.extend({ kind: z.unknown().optional() }).transform(({ kind, ...rest }) => {
  const { success, data } = ToolKind.safeParse(kind);
  const isGiven = kind !== undefined && kind !== null;
  return {
    ...rest,
    kind: success ? data : isGiven ? ('other' as const) : null,
    isKindKnown: success || !isGiven,
  };
});

/** A `session/request_permission`, read loosely. */
export const PermissionRequest = z.object({
  sessionId: z.string(),
  toolCall: AskedFields,
  options: z.array(z.object({ optionId: z.string(), name: loose(z.string()), kind: loose(z.string()) })),
  _meta: loose(z.record(z.string(), z.unknown())),
});
export type PermissionRequest = z.infer<typeof PermissionRequest>;

/** What an answer comes to on the agent's side. */
export type PermissionOutcome =
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'selected'; readonly optionId: string };

export interface DetailDeps {
  readonly requests: Profile['requests'];
  readonly lookUp: LookUp;
}

const MAX_PATHS = 100;
const MAX_PATH_CHARS = 1000;
const MAX_TEXT_CHARS = 32 * 1024;

/** What the agent wants to do: what it says in the request, and what it said before about the same call. */
export function permissionDetail(
  deps: DetailDeps,
  request: PermissionRequest,
  tracked: TrackedTool | null,
): PermissionDetail {
  const { toolCall } = request;
  const announced = tracked?.announced ?? null;
  const asked: AskedCall = {
    fields: toolCall,
    isKindKnown: toolCall.isKindKnown,
    meta: request._meta ?? null,
    announced,
  };
  const toolKind = kindOf(asked);
  const mcpTool = mcpToolOf(asked, deps.requests.toolNames);
  const command = mcpTool === null ? commandIn(asked, { ...deps.requests, toolKind }) : null;
  const changes = changesOf(toolCall.content) ?? tracked?.item.changes ?? [];
  const { paths, places } = placesIn(deps, asked, changes);
  return {
    toolKind,
    title: clipEnd(mcpTool ?? titleIn(asked), 400),
    command,
    paths,
    places,
    mcpTool,
    changes: [...changes],
    input: inputOf(toolCall.rawInput) ?? inputOf(announced?.rawInput),
    text: textIn(asked),
    options: offeredOptions(request.options),
  };
}

/** The kind of a request. Where it contradicts what was announced, nobody knows what it is. */
function kindOf({ fields: { kind }, announced }: AskedCall): ToolKind {
  const before = announced?.kind ?? null;
  if (!kind) return before ?? 'other';
  return before === null || before === 'other' || before === kind ? kind : 'other';
}

function titleIn({ fields, announced }: AskedCall): string {
  const rawInput = fields.rawInput ?? announced?.rawInput;
  return (
    titleOf({ title: fields.title, rawInput }) ??
    titleOf({ title: announced?.title, rawInput }) ??
    toolNameOf(fields) ??
    announced?.toolName ??
    'Use a tool'
  );
}

/** What programs for editing call their own verbs, in an argument that elsewhere holds a shell command. */
const EDITOR_VERBS = ['view', 'create', 'str_replace', 'insert', 'undo_edit'];
const SCRIPT_KEYS = [
  'script',
  'shell',
  'bash',
  'argv',
  'exec',
  'commandLine',
  'command_line',
  'shell_command',
];

function commandIn(
  { fields, announced }: AskedCall,
  { isTitleCommand, toolKind }: Profile['requests'] & { readonly toolKind: ToolKind },
): string | null {
  const given = asRecord(fields.rawInput) ?? asRecord(announced?.rawInput);
  if (toolKind === 'execute') {
    if (given !== null) return commandOf(given);
    return isTitleCommand && fields.title ? fields.title : null;
  }
  // A call that says it only reads, and has a command among its arguments, is judged by the command.
  const command = commandOf(given);
  if (command !== null) return EDITOR_VERBS.includes(command) ? null : command;
  const key = SCRIPT_KEYS.find((name) => given?.[name]);
  return key === undefined ? null : `${key}: ${JSON.stringify(given?.[key])}`;
}

/** The shell command in a call's arguments, or null. Words of a list that a shell would part again stay together in quotes. */
export function commandOf(input: Readonly<Record<string, unknown>> | null): string | null {
  const command = input?.['command'] ?? input?.['cmd'];
  if (typeof command === 'string') return command;
  if (!Array.isArray(command) || command.length === 0) return null;
  return command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(String(word)) ? word : JSON.stringify(word)))
    .join(' ');
}

function textIn({ fields, announced }: AskedCall): string | null {
  const texts = (fields.content ?? []).flatMap((block) => blockText(asRecord(block)?.['content']) ?? []);
  const plan = (asRecord(fields.rawInput) ?? asRecord(announced?.rawInput))?.['plan'];
  const said = texts.join('\n\n').trim() || (typeof plan === 'string' ? plan.trim() : '');
  return said === '' ? null : clipEnd(said, MAX_TEXT_CHARS);
}

interface Places {
  readonly paths: string[];
  readonly places: NamedPlace[];
}

/** Every path the request or its announcement names, and where it leads. */
function placesIn(deps: DetailDeps, asked: AskedCall, changes: readonly FileChange[]): Places {
  const { fields, announced } = asked;
  // A command is judged by its text; where it runs is told by the other arguments.
  const isCommand = fields.kind === 'execute' || announced?.kind === 'execute';
  const found = findNamedPaths([fields.rawInput, announced?.rawInput], isCommand ? COMMAND_KEYS : []);
  const asks = pathsOfCall(fields);
  const told = new Set([
    ...asks.paths,
    ...(announced?.paths ?? []),
    ...changes.map(({ path }) => path),
    ...found.told,
  ]);
  const isComplete = found.isComplete && asks.isComplete && (announced?.arePathsWhole ?? true);
  const places = namedPlaces(deps.lookUp, { ...found, told: [...told], isComplete });
  const paths = [...told].slice(0, MAX_PATHS).map((path) => clipEnd(path, MAX_PATH_CHARS));
  return { paths, places };
}
