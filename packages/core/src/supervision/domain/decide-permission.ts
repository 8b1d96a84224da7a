import { MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { matchesPattern, type PermissionRule } from './permission-rule.ts';

export type PolicyAnswer =
  | { readonly decision: 'allow'; readonly because: string }
  | { readonly decision: 'ask' };

interface PolicyFacts {
  readonly workspacePath: string | null;
  readonly rules: readonly PermissionRule[];
}

/** The name every agent gives a tool of our own MCP server: `quarterdeck_task_show`, `mcp__quarterdeck__task_show`, `quarterdeck-task_show`. */
const OWN_TOOL = new RegExp(`^(mcp_{1,2})?${MCP_SERVER_NAME}(_{1,2}|-|/|\\.)task_[a-z_]+$`);
const READS = new Set(['read', 'search', 'think', 'switch_mode']);
const WRITES = new Set(['edit', 'delete', 'move']);

/**
 * What policy says before anybody is asked: our own tools, reading, and changing files inside the workspace are allowed, rules a
 * person made apply, everything else is asked.
 */
export function decidePermission(detail: PermissionDetail, facts: PolicyFacts): PolicyAnswer {
  if (OWN_TOOL.test(detail.mcpTool ?? ''))
    return { decision: 'allow', because: 'a tool of Quarterdeck itself' };
  const rule = facts.rules.find((candidate) => matchesPattern(detail, candidate.pattern));
  if (rule) return { decision: 'allow', because: `allowed for this ${rule.scope} by ${rule.createdBy}` };
  if (detail.mcpTool !== null || detail.command !== null) return { decision: 'ask' };
  const isInside = detail.paths.every((path) => isWithin(facts.workspacePath, path));
  if (READS.has(detail.toolKind) && isInside)
    return { decision: 'allow', because: 'reading in the workspace' };
  if (WRITES.has(detail.toolKind) && isInside && detail.paths.length > 0) {
    return { decision: 'allow', because: 'a change inside the workspace' };
  }
  return { decision: 'ask' };
}

/** Paths that lead elsewhere than their spelling says: a home folder, or an address such as `file:///etc`. */
const ELSEWHERE = /^(~|[a-z][a-z0-9+.-]*:)/i;

/**
 * Whether a path lies in the workspace by its spelling; links are the sandbox's business. The git directory counts as outside,
 * in capitals too, because some file systems do not tell them apart.
 */
function isWithin(workspacePath: string | null, path: string): boolean {
  if (workspacePath === null || ELSEWHERE.test(path)) return false;
  const root = segmentsOf(workspacePath);
  const target = path.startsWith('/') ? segmentsOf(path) : segmentsOf(`${workspacePath}/${path}`);
  if (!root.every((segment, index) => target[index] === segment)) return false;
  return !target.slice(root.length).some((segment) => segment.toLowerCase() === '.git');
}

/** The folders and the name an absolute path leads to, `.` and `..` resolved. */
function segmentsOf(path: string): string[] {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments;
}
