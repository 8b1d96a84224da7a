import { z } from 'zod';
import { Millis, ProjectId, ProposalId, RunId, SessionId, TaskId } from './ids.ts';
import { FileChange, ToolKind } from './session.ts';
import { ProposalKind, ProposalStatus } from './status.ts';

/** What an agent wants to do, as far as it said. */
export const PermissionDetail = z.object({
  toolKind: ToolKind,
  title: z.string(),
  /** Shell command of an `execute` request. */
  command: z.string().nullable(),
  paths: z.array(z.string()),
  /** Server and tool name of a call to an MCP server. */
  mcpTool: z.string().nullable(),
  changes: z.array(FileChange),
  /** The arguments as JSON text, cut at 8 KiB. */
  input: z.string().nullable(),
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
});
export type Proposal = z.infer<typeof Proposal>;

export const Ruling = z
  .object({
    decision: z.enum(['allow', 'deny']),
    scope: RulingScope.default('once'),
    reason: z.string().max(4000).nullish(),
  })
  .strict();
export type Ruling = z.input<typeof Ruling>;
