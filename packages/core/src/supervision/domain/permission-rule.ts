import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import type { ToolKind } from '@quarterdeck/contract/session';

/** What a ruling with a wider scope allows from then on. */
export interface RulePattern {
  readonly toolKind: ToolKind;
  /** Exact command, or the words it must begin with when `isPrefix`; null for requests without a command. */
  readonly command: string | null;
  readonly isPrefix: boolean;
  /** Exact MCP tool; null for requests without one. */
  readonly mcpTool: string | null;
}

export interface PermissionRule {
  readonly id: string;
  readonly scope: 'task' | 'project';
  readonly scopeId: string;
  readonly pattern: RulePattern;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** Anything that lets one command line run a second program, so that a prefix says nothing about the rest. */
const SHELL_SYNTAX = /[;&|<>`$(){}\n\\*?~#!'"]/;

/** The pattern a wider ruling stands for: the same program and subcommand when the command is plain, else the very same request. */
export function patternFor(detail: PermissionDetail): RulePattern | null {
  const base = { toolKind: detail.toolKind, mcpTool: detail.mcpTool };
  if (detail.command === null) {
    if (detail.mcpTool !== null) return { ...base, command: null, isPrefix: false };
    return detail.toolKind === 'fetch' ? null : { ...base, command: null, isPrefix: false };
  }
  const command = detail.command.trim();
  const words = command.split(/\s+/);
  if (SHELL_SYNTAX.test(command) || words.length < 2) return { ...base, command, isPrefix: false };
  return { ...base, command: words.slice(0, 2).join(' '), isPrefix: true };
}

/** The pattern in words, for the button that would make it a rule. */
export function describePattern(pattern: RulePattern): string {
  if (pattern.command !== null) return pattern.isPrefix ? `${pattern.command} …` : pattern.command;
  if (pattern.mcpTool !== null) return `the tool ${pattern.mcpTool}`;
  return `every request of the kind "${pattern.toolKind}"`;
}

/** Whether a request is covered by a pattern. */
export function matchesPattern(detail: PermissionDetail, pattern: RulePattern): boolean {
  if (detail.toolKind !== pattern.toolKind || detail.mcpTool !== pattern.mcpTool) return false;
  if (pattern.command === null) return detail.command === null;
  const command = detail.command?.trim();
  if (command === undefined) return false;
  if (!pattern.isPrefix) return command === pattern.command;
  if (SHELL_SYNTAX.test(command)) return false;
  const words = command.split(/\s+/).join(' ');
  return words === pattern.command || words.startsWith(`${pattern.command} `);
}
