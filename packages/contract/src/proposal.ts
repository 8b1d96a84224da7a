import { z } from 'zod';
import { Millis, ProjectId, ProposalId, RunId, SessionId, TaskId } from './ids.ts';
import { PermissionOption } from './permission-option.ts';
import { FileChange, ToolKind } from './session.ts';
import { ProposalKind, ProposalStatus } from './status.ts';

/** A place that a request names, and where it leads: the path below the workspace with every link followed, or null for elsewhere. */
export const NamedPlace = z.object({ path: z.string(), inside: z.string().nullable() });
export type NamedPlace = z.infer<typeof NamedPlace>;

/** What an agent wants to do, as far as it said. */
export const PermissionDetail = z.object({
  toolKind: ToolKind,
  title: z.string(),
  /** Shell command of an `execute` request. */
  command: z.string().nullable(),
  paths: z.array(z.string()),
  /** Every place the request names, looked up by the agent host; null from a host of an older build, which did not look. */
  places: z.array(NamedPlace).nullable().default(null),
  /** `server/tool` of a call to an MCP server, known only where the agent's profile says that it stands. */
  mcpTool: z.string().nullable(),
  changes: z.array(FileChange),
  /** The arguments as JSON text, cut at 8 KiB. */
  input: z.string().nullable(),
  /** What the agent says about it, such as the plan it wants to carry out. */
  text: z.string().nullable().default(null),
  /** What the agent offers to be answered; null from a host of an older build, which did not tell. */
  options: z.array(PermissionOption).nullable().default(null),
});
export type PermissionDetail = z.infer<typeof PermissionDetail>;

export const RULING_SCOPES = ['once', 'task', 'project'] as const;
export const RulingScope = z.enum(RULING_SCOPES);
export type RulingScope = z.infer<typeof RulingScope>;

/** Something an agent needs decided, and what was decided. */
export const Proposal = z.object({
  id: ProposalId,
  kind: ProposalKind,
  status: ProposalStatus,
  projectId: ProjectId,
  taskId: TaskId,
  runId: RunId,
  sessionId: SessionId,
  profile: z.string(),
  /** The agent's own id of the request, unique in its run. */
  requestId: z.string(),
  title: z.string(),
  detail: PermissionDetail,
  /** What the wider scopes would allow from now on, in words; null when only "once" makes sense. */
  widerRule: z.string().nullable(),
  createdAt: Millis,
  ruledAt: Millis.nullable(),
  ruledBy: z.string().nullable(),
  scope: RulingScope.nullable(),
  reason: z.string().nullable(),
  /** The option a person picked, where the agent offered choices of its own. */
  choice: PermissionOption.nullable().default(null),
});
export type Proposal = z.infer<typeof Proposal>;

export const Ruling = z
  .object({
    decision: z.enum(['allow', 'deny']).optional(),
    /** Id of one of the request's own options; it says by its kind what is decided. */
    option: z.string().max(400).optional(),
    scope: RulingScope.default('once'),
    reason: z.string().max(4000).nullish(),
  })
  .strict()
  .refine(
    ({ decision, option }) => decision !== undefined || option !== undefined,
    'say decision (allow or deny), or option (the id of one of the options of the request)',
  );
export type Ruling = z.input<typeof Ruling>;
