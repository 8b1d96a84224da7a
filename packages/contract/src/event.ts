import { z } from 'zod';
import { ApprovalRule } from './approval-rule.ts';
import { Attachment } from './attachment.ts';
import { ProfileSettings } from './fleet.ts';
import { Millis, ProjectId, type ProposalId, RunId, SessionId, TaskId } from './ids.ts';
import { Landing, LineComment } from './landing.ts';
import { Project } from './project.ts';
import { Proposal } from './proposal.ts';
import { ReviewVerdict } from './review.ts';
import { DiffStat, Run } from './run.ts';
import { BlockKind, RunOutcome, TaskStatus } from './status.ts';
import { Comment, Task } from './task.ts';

/** Facts carry the whole task or run as it stood after them, so that a view is updated without a refetch. */
const task = { task: Task };
const run = { run: Run };

/** Every kind of fact in the log and what it carries. */
export const EVENT_PAYLOADS = {
  'project.added': z.object({ project: Project }),
  'project.changed': z.object({ project: Project }),
  'task.created': z.object(task),
  'task.edited': z.object({ ...task, fields: z.array(z.string()) }),
  'task.assigned': z.object({ ...task, from: z.string().nullable() }),
  'task.promoted': z.object({
    ...task,
    from: TaskStatus,
    byPerson: z.boolean(),
  }),
  'task.demoted': z.object({ ...task, from: TaskStatus, because: z.string() }),
  'task.claimed': z.object({ ...task, from: TaskStatus, runId: RunId }),
  'task.released': z.object({
    ...task,
    from: TaskStatus,
    because: z.string(),
    runId: RunId.nullable(),
  }),
  'task.completed': z.object({
    ...task,
    from: TaskStatus,
    summary: z.string().nullable(),
  }),
  'task.review_requested': z.object({
    ...task,
    from: TaskStatus,
    summary: z.string().nullable(),
  }),
  'task.changes_requested': z.object({
    ...task,
    from: TaskStatus,
    summary: z.string(),
    comments: z.array(LineComment),
  }),
  'task.reviewed': z.object({ ...task, verdict: ReviewVerdict }),
  'task.landed': z.object({ ...task, landing: Landing }),
  'task.landing_failed': z.object({ ...task, landing: Landing }),
  'task.blocked': z.object({
    ...task,
    from: TaskStatus,
    reason: z.string().nullable(),
    kind: BlockKind,
  }),
  'task.unblocked': z.object({ ...task, from: TaskStatus }),
  'task.scheduled': z.object({ ...task, from: TaskStatus }),
  'task.triaged': z.object({ ...task, from: TaskStatus }),
  'task.specified': z.object({ ...task, from: TaskStatus }),
  'task.archived': z.object({ ...task, from: TaskStatus }),
  'task.reopened': z.object({ ...task, from: TaskStatus }),
  'task.gave_up': z.object({
    ...task,
    failures: z.number().int(),
    limit: z.number().int(),
    error: z.string().nullable(),
  }),
  'task.commented': z.object({ comment: Comment }),
  'task.attached': z.object({ attachment: Attachment }),
  'task.detached': z.object({ attachment: Attachment }),
  'task.linked': z.object({ parentId: TaskId, childId: TaskId }),
  'task.unlinked': z.object({ parentId: TaskId, childId: TaskId }),
  'run.claimed': z.object(run),
  'run.starting': z.object(run),
  'run.started': z.object(run),
  'run.reported': z.object({
    ...run,
    outcome: RunOutcome,
    summary: z.string().nullable(),
  }),
  'run.stopping': z.object({ ...run, because: z.string() }),
  'run.ended': z.object({
    ...run,
    outcome: RunOutcome,
    diffStat: DiffStat.nullable(),
  }),
  'run.kept': z.object(run),
  'run.noted': z.object({ runId: RunId, note: z.string() }),
  'session.prompted': z.object({ sessionId: SessionId, text: z.string() }),
  'proposal.raised': z.object({ proposal: Proposal }),
  'proposal.ruled': z.object({ proposal: Proposal }),
  'proposal.withdrawn': z.object({ proposal: Proposal, because: z.string() }),
  'rule.made': z.object({ rule: ApprovalRule }),
  'rule.forgotten': z.object({ rule: ApprovalRule }),
  'profile.changed': z.object({ settings: ProfileSettings }),
  'runner.connected': z.object({ runnerId: z.string(), name: z.string() }),
  'runner.disconnected': z.object({ runnerId: z.string(), name: z.string() }),
} as const;

export type EventKind = keyof typeof EVENT_PAYLOADS;
export type EventPayload<K extends EventKind> = z.infer<(typeof EVENT_PAYLOADS)[K]>;

export interface EventSubject {
  readonly taskId: TaskId | null;
  readonly projectId: ProjectId | null;
  readonly runId: RunId | null;
  readonly proposalId?: ProposalId | null;
}

/** A fact not yet in the log. */
export type EventDraft = {
  readonly [K in EventKind]: {
    readonly kind: K;
    readonly actor: string;
    readonly payload: EventPayload<K>;
  } & EventSubject;
}[EventKind];

/** One fact in the log. `seq` order is commit order and has no gaps. */
export type Event = EventDraft & {
  readonly seq: number;
  readonly at: z.infer<typeof Millis>;
};

/** An event as it arrives over a wire; its payload is trusted to match its kind. */
export const EventFrame = z.object({
  seq: z.number().int(),
  at: Millis,
  kind: z.enum(Object.keys(EVENT_PAYLOADS) as [EventKind, ...EventKind[]]),
  actor: z.string(),
  taskId: TaskId.nullable(),
  projectId: ProjectId.nullable(),
  runId: RunId.nullable(),
  payload: z.record(z.string(), z.unknown()),
});
