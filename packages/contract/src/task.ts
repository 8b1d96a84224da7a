import { z } from 'zod';
import { Attachment } from './attachment.ts';
import { Micros } from './budget.ts';
import { Diagnostic } from './diagnostic.ts';
import { Millis, ProjectId, RunId, TaskId } from './ids.ts';
import { Labels } from './label.ts';
import { Landing } from './landing.ts';
import { ReviewVerdict } from './review.ts';
import { LastRun, Run, RunGlance } from './run.ts';
import { TaskSeen } from './seen.ts';
import { BlockKind, TaskStatus, WorkspaceKind } from './status.ts';
import { WaitingReason } from './waiting.ts';

export const Task = z.object({
  id: TaskId,
  projectId: ProjectId,
  title: z.string(),
  body: z.string().nullable(),
  /** A profile such as `opencode`, or a person's name. */
  assignee: z.string().nullable(),
  status: TaskStatus,
  /** Higher runs first. */
  priority: z.number().int(),
  tenant: z.string().nullable(),
  workspaceKind: WorkspaceKind,
  workspacePath: z.string().nullable(),
  branch: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Millis,
  updatedAt: Millis,
  startedAt: Millis.nullable(),
  completedAt: Millis.nullable(),
  /** Earliest start of a scheduled task. */
  scheduledAt: Millis.nullable(),
  result: z.string().nullable(),
  blockReason: z.string().nullable(),
  blockKind: BlockKind.nullable(),
  idempotencyKey: z.string().nullable(),
  currentRunId: RunId.nullable(),
  /** Who holds the task and until when; null when nobody does. */
  claimLock: z.string().nullable(),
  claimExpiresAt: Millis.nullable(),
  /** Failures in a row that count; the breaker blocks the task when it reaches the limit. */
  failureCount: z.number().int(),
  lastFailure: z.string().nullable(),
  /** Not before this time, because the last run failed; null when free to go. */
  retryAt: Millis.nullable(),
  /**
   * A person put it back to todo: it is not promoted by itself until a person moves it on. In review: a person decides, its reviewing
   * agent is not asked again by itself; `blockReason` says why.
   */
  isHeld: z.boolean(),
  /** What came of the last attempt to bring its work into the base branch; null until then and when work goes on. */
  landing: Landing.nullable().default(null),
  labels: Labels.default([]),
  /** Who reviews its work: a profile, which then gets it as soon as it is in review, or a person; null for any person. */
  reviewer: z.string().nullable().default(null),
  /** What the reviewer said of the work as it was last handed in; null until then. */
  verdict: ReviewVerdict.nullable().default(null),
  /** All its runs together may cost this much; null for no budget of its own. */
  budgetMicros: Micros.nullable().default(null),
  /** The model its agent works with, and how hard it thinks; null for what is set for the agent. */
  model: z.string().nullable().default(null),
  effort: z.string().nullable().default(null),
});
export type Task = z.infer<typeof Task>;

/** Ages in whole seconds. */
export const TaskAge = z.object({
  createdAgeSeconds: z.number().int(),
  startedAgeSeconds: z.number().int().nullable(),
  timeToCompleteSeconds: z.number().int().nullable(),
});
export type TaskAge = z.infer<typeof TaskAge>;

/** A task as a card on the board. */
export const TaskCard = Task.extend({
  age: TaskAge,
  linkCounts: z.object({
    parents: z.number().int(),
    children: z.number().int(),
  }),
  commentCount: z.number().int(),
  attachmentCount: z.number().int().default(0),
  /** Children done of all children; null without children. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** Parents that still hold it back. */
  waitsFor: z.array(TaskId),
  run: RunGlance.nullable(),
  /** What its last run left, while it is in review or blocked. */
  lastRun: LastRun.nullable().default(null),
  /** Approvals of its run that wait for a person. */
  pendingApprovals: z.number().int(),
  waiting: WaitingReason.nullable(),
});
export type TaskCard = z.infer<typeof TaskCard>;

export const Comment = z.object({
  id: z.number().int(),
  taskId: TaskId,
  author: z.string(),
  body: z.string(),
  createdAt: Millis,
});
export type Comment = z.infer<typeof Comment>;

export const Link = z.object({ parentId: TaskId, childId: TaskId });
export type Link = z.infer<typeof Link>;

export const TEXT_LIMIT = 256 * 1024;
const text = z.string().max(TEXT_LIMIT);
const title = z.string().max(500);
const priority = z.number().int().min(-1_000_000).max(1_000_000);

export const TaskCreate = z.object({
  title,
  body: text.nullish(),
  /** Left out: the project's default profile. An empty string: nobody. */
  assignee: z.string().max(120).nullish(),
  tenant: z.string().max(120).nullish(),
  priority: priority.default(0),
  projectId: ProjectId.nullish(),
  workspaceKind: WorkspaceKind.optional(),
  workspacePath: z.string().max(4096).nullish(),
  parents: z.array(z.string()).max(1000).default([]),
  triage: z.boolean().default(false),
  /** Born in todo and left there until a person moves it on, or it waits for a parent. */
  isHeld: z.boolean().default(false),
  scheduledAt: Millis.nullish(),
  idempotencyKey: z.string().min(1).max(200).nullish(),
  labels: Labels.default([]),
  reviewer: z.string().max(120).nullish(),
  budgetMicros: Micros.nullish(),
  model: z.string().max(200).nullish(),
  effort: z.string().max(200).nullish(),
});
export type TaskCreate = z.input<typeof TaskCreate>;

export const TaskPatch = z.object({
  /** Checked against the transition table, so that an unknown word gets its own refusal. */
  status: z.string().nullish(),
  /** An empty string takes the task from whoever has it. */
  assignee: z.string().max(120).nullish(),
  priority: priority.nullish(),
  title: title.nullish(),
  body: text.nullish(),
  result: text.nullish(),
  blockReason: z.string().max(4000).nullish(),
  scheduledAt: Millis.nullish(),
  /** All its labels from now on. */
  labels: Labels.nullish(),
  /** Labels it gets and loses whatever it has: changes of two people that do not get into each other's way. */
  addLabels: Labels.optional(),
  removeLabels: Labels.optional(),
  /** An empty string leaves the review to any person. */
  reviewer: z.string().max(120).nullish(),
  /** 0 takes the budget away. */
  budgetMicros: Micros.nullish(),
  /** An empty string leaves both to what is set for the agent. */
  model: z.string().max(200).nullish(),
  effort: z.string().max(200).nullish(),
  /** The values that are replaced, as the writer saw them: refused (`changed_meanwhile`) when one of them is another by now. */
  seen: TaskSeen.optional(),
});
export type TaskPatch = z.infer<typeof TaskPatch>;

export const TaskDetail = z.object({
  task: TaskCard,
  comments: z.array(Comment),
  links: z.object({ parents: z.array(TaskId), children: z.array(TaskId) }),
  runs: z.array(Run),
  attachments: z.array(Attachment).default([]),
  diagnostics: z.array(Diagnostic).default([]),
  /** Why the task is not running, worst first; empty when it runs or is finished. */
  waiting: z.array(WaitingReason),
  /** The cursor captured before anything was read. */
  seq: z.number().int(),
});
export type TaskDetail = z.infer<typeof TaskDetail>;
