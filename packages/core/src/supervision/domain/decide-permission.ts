import { AGENT_TOOLS, MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import { isControlPlace, isGitPlace } from './guarded-place.ts';
import { canBeRuled, matchesPattern, type PermissionRule } from './permission-rule.ts';

export type PolicyAnswer =
  | { readonly decision: 'allow'; readonly because: string }
  | { readonly decision: 'ask' };

interface PolicyFacts {
  readonly rules: readonly PermissionRule[];
}

const ASK: PolicyAnswer = { decision: 'ask' };
const OWN_TOOLS = new Set(Object.keys(AGENT_TOOLS).map((tool) => `${MCP_SERVER_NAME}/${tool}`));
const READS = new Set(['read', 'search']);
const WRITES = new Set(['edit', 'delete', 'move']);

/**
 * What policy says before anybody is asked: our own tools, thinking, reading, and changing files inside the workspace are allowed, rules
 * a person made apply, everything else is asked. So is whatever cannot be answered with a plain "allow", and whatever comes from a host
 * of an older build, which did not look where paths lead and believed a tool's name wherever it stood.
 */
export function decidePermission(detail: PermissionDetail, { rules }: PolicyFacts): PolicyAnswer {
  if (!canBeRuled(detail)) return ASK;
  const { places } = detail;
  if (places !== null && OWN_TOOLS.has(detail.mcpTool ?? ''))
    return { decision: 'allow', because: 'a tool of Quarterdeck itself' };
  const rule = rules.find(({ pattern }) => matchesPattern(detail, pattern));
  if (rule && (places !== null || detail.command !== null))
    return { decision: 'allow', because: `allowed for this ${rule.scope} by ${rule.createdBy}` };
  if (places === null || detail.mcpTool !== null || detail.command !== null) return ASK;
  return decideFiles(detail, places);
}

function decideFiles(
  { toolKind, paths, changes }: PermissionDetail,
  places: NonNullable<PermissionDetail['places']>,
): PolicyAnswer {
  const isInside = places.every(({ inside }) => inside !== null && !isGitPlace(inside));
  if (!isInside) return ASK;
  if (toolKind === 'think' && changes.length === 0) return { decision: 'allow', because: 'thinking' };
  if (paths.length === 0 || places.length === 0) return ASK;
  if (READS.has(toolKind) && changes.length === 0)
    return { decision: 'allow', because: 'reading in the workspace' };
  // The workspace as a whole holds git's folder and the agents' settings.
  const isGuarded = places.some(({ inside }) => inside === null || inside === '' || isControlPlace(inside));
  return WRITES.has(toolKind) && !isGuarded
    ? { decision: 'allow', because: 'a change inside the workspace' }
    : ASK;
}
