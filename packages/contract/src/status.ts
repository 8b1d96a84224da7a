import { z } from 'zod';

/** The columns of the board from left to right. */
export const TASK_STATUSES = [
  'triage',
  'todo',
  'scheduled',
  'ready',
  'running',
  'review',
  'blocked',
  'done',
  'archived',
] as const;
export const TaskStatus = z.enum(TASK_STATUSES);
export type TaskStatus = z.infer<typeof TaskStatus>;

/** A parent in one of these no longer holds its children back. */
export const SATISFIED_STATUSES: readonly TaskStatus[] = ['done', 'archived'];

/**
 * The life of a run: `claimed` (a runner was told), `starting` (its process was asked for), `working`, `finishing` (the agent
 * reported an outcome; its process is being closed and its work kept), `stopping` (told to stop), `ended`.
 */
export const RUN_STATUSES = ['claimed', 'starting', 'working', 'finishing', 'stopping', 'ended'] as const;
export const RunStatus = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof RunStatus>;

/** What a run is for: to do the task, or to review what an earlier run handed in. */
export const RUN_PURPOSES = ['work', 'review'] as const;
export const RunPurpose = z.enum(RUN_PURPOSES);
export type RunPurpose = z.infer<typeof RunPurpose>;

/** How a run ended. The failure classes among them are in `FAILURE_CLASSES` of the dispatch feature. */
export const RUN_OUTCOMES = [
  'completed',
  'review_requested',
  'blocked',
  'stopped',
  'crashed',
  'start_failed',
  'start_timed_out',
  'timed_out',
  'no_report',
  'rate_limited',
  'quota_used_up',
  'sign_in_needed',
  'model_refused',
  'provider_error',
  'context_full',
  'content_refused',
  'workspace_failed',
  'stale',
  'over_budget',
  'lost',
  'approved',
  'changes_requested',
] as const;
export const RunOutcome = z.enum(RUN_OUTCOMES);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** Why a task is blocked, as the one who blocked it said; `unkept`: its work is done, but could not be committed as a whole. */
export const BLOCK_KINDS = [
  'needs_input',
  'capability',
  'transient',
  'failures',
  'budget',
  'unkept',
  'other',
] as const;
export const BlockKind = z.enum(BLOCK_KINDS);
export type BlockKind = z.infer<typeof BlockKind>;

export const WORKSPACE_KINDS = ['scratch', 'dir', 'worktree', 'copy'] as const;
export const WorkspaceKind = z.enum(WORKSPACE_KINDS);
export type WorkspaceKind = z.infer<typeof WorkspaceKind>;

export const PROPOSAL_KINDS = ['permission', 'question', 'egress', 'host', 'capability'] as const;
export const ProposalKind = z.enum(PROPOSAL_KINDS);
export type ProposalKind = z.infer<typeof ProposalKind>;

export const PROPOSAL_STATUSES = ['pending', 'allowed', 'denied', 'answered', 'withdrawn'] as const;
export const ProposalStatus = z.enum(PROPOSAL_STATUSES);
export type ProposalStatus = z.infer<typeof ProposalStatus>;

export const ROLES = ['viewer', 'admin', 'owner'] as const;
/** What a person may do: a viewer reads, an admin also writes, an owner also changes who may. */
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
