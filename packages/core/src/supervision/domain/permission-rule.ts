import { allowOption } from '@quarterdeck/contract/permission-option';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import type { ToolKind } from '@quarterdeck/contract/session';
import { prefixOf } from './command-prefix.ts';
import { isGitPlace } from './guarded-place.ts';

/** What a ruling with a wider scope allows from then on. */
export interface RulePattern {
  readonly toolKind: ToolKind;
  /** Exact command, or the words it must begin with when `isPrefix`; null for requests without a command. */
  readonly command: string | null;
  readonly isPrefix: boolean;
  /** Exact MCP tool; null for requests without one. */
  readonly mcpTool: string | null;
  /** Folder below the workspace that the files must lie in. Missing in rules of older builds. */
  readonly folder?: string | null;
}

export interface PermissionRule {
  readonly id: string;
  readonly scope: 'task' | 'project';
  readonly scopeId: string;
  readonly pattern: RulePattern;
  readonly createdAt: number;
  readonly createdBy: string;
}

const FILE_KINDS: readonly ToolKind[] = ['read', 'search', 'edit', 'delete', 'move'];

/**
 * The pattern a wider ruling stands for: a tool, a command or its program and subcommand, or files in one folder of the workspace. Null
 * where nobody can say what else it would cover: a command or tool that is not known, a fetch, a change of mode, a place elsewhere.
 */
export function patternFor(detail: PermissionDetail): RulePattern | null {
  const { toolKind, mcpTool } = detail;
  const base = { toolKind, mcpTool: null, command: null, isPrefix: false, folder: null };
  if (!canBeRuled(detail)) return null;
  if (mcpTool !== null) return { ...base, mcpTool };
  if (detail.command !== null) {
    const command = detail.command.trim();
    if (command === '' || runsElsewhere(detail)) return null;
    const prefix = prefixOf(command);
    return { ...base, command: prefix ?? command, isPrefix: prefix !== null };
  }
  const folder = FILE_KINDS.includes(toolKind) ? commonFolder(detail) : null;
  return folder === null ? null : { ...base, folder };
}

/** The pattern in words, for the button that would make it a rule. */
export function describePattern(pattern: RulePattern): string {
  if (pattern.command !== null) return pattern.isPrefix ? `${pattern.command} …` : pattern.command;
  if (pattern.mcpTool !== null) return `the tool ${pattern.mcpTool}`;
  if (pattern.folder) return `${pattern.toolKind} in the folder ${pattern.folder} of the workspace`;
  return `every request of the kind "${pattern.toolKind}"`;
}

/** Whether a request is covered by a pattern. */
export function matchesPattern(detail: PermissionDetail, pattern: RulePattern): boolean {
  if (detail.toolKind !== pattern.toolKind || detail.mcpTool !== pattern.mcpTool) return false;
  if (!canBeRuled(detail) || !isStillUsed(pattern)) return false;
  if (pattern.mcpTool !== null) return detail.command === null;
  if (pattern.command !== null) return coversCommand(detail, pattern);
  if (!pattern.folder || detail.command !== null) return false;
  const folder = commonFolder(detail);
  return folder !== null && `${folder}/`.startsWith(`${pattern.folder}/`);
}

/** False for a rule of an older build that covers more than its words say: it is kept to be seen, and allows nothing. */
export function isStillUsed({ command, isPrefix, mcpTool, folder }: RulePattern): boolean {
  if (mcpTool !== null) return true;
  if (command !== null) return !isPrefix || prefixOf(command) === command;
  return Boolean(folder);
}

/** Whether the agent can be told a plain "allow" at all. Its own choices, and a change of its mode, are a person's. */
export function canBeRuled({ toolKind, options }: PermissionDetail): boolean {
  return toolKind !== 'switch_mode' && (options === null || allowOption(options) !== null);
}

function coversCommand(detail: PermissionDetail, pattern: RulePattern): boolean {
  const command = detail.command?.trim() ?? null;
  if (command === null || runsElsewhere(detail)) return false;
  return pattern.isPrefix ? prefixOf(command) === pattern.command : command === pattern.command;
}

/**
 * The same words do something else in another folder, with another environment, with further arguments or with something on their
 * input. Arguments that are cut do not tell.
 */
function runsElsewhere({ places, input }: PermissionDetail): boolean {
  if (places?.some(({ inside }) => inside === null)) return true;
  if (input === null) return false;
  return !isWhole(input) || FURTHER.test(input) || (/"cmd":/.test(input) && /"command":/.test(input));
}

const FURTHER =
  /"(env|envs|env_?vars|environment|environment_variables|shell|executable|stdin|input|args|argv|arguments|script)":(?!null|\{\}|\[\]|""|false)/i;

function isWhole(input: string): boolean {
  try {
    JSON.parse(input);
    return true;
  } catch {
    return false;
  }
}

/** The folder below the workspace that holds every file of the request; null for the workspace itself, git's folder and elsewhere. */
function commonFolder({ places }: PermissionDetail): string | null {
  if (places === null || places.length === 0) return null;
  let common: readonly string[] | null = null;
  for (const { inside } of places) {
    if (inside === null || isGitPlace(inside)) return null;
    const folders = inside.split('/').slice(0, -1);
    const known: readonly string[] = common ?? folders;
    const differs = known.findIndex((folder, index) => folders[index] !== folder);
    common = differs < 0 ? known : known.slice(0, differs);
  }
  return common === null || common.length === 0 ? null : common.join('/');
}
