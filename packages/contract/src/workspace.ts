import { z } from 'zod';
import { Millis, RunId, RunnerId, TaskId } from './ids.ts';
import { TaskStatus, WorkspaceKind } from './status.ts';

/** A folder that holds the work of a task. */
export const Workspace = z.object({
  taskId: TaskId,
  taskTitle: z.string(),
  taskStatus: TaskStatus,
  /** The newest run that used it. */
  runId: RunId,
  runnerId: RunnerId,
  kind: WorkspaceKind,
  path: z.string(),
  branch: z.string().nullable(),
  /** As measured when its last run ended, bytes; null when it was not measured. */
  sizeBytes: z.number().int().nullable(),
  lastUsedAt: Millis,
  isLanded: z.boolean(),
  /** When it will be taken away by itself; null when it is kept. */
  removedAfter: Millis.nullable(),
  /** Why it stayed when it was to be taken away, for a person; null until then. */
  keptBecause: z.string().nullable().default(null),
});
export type Workspace = z.infer<typeof Workspace>;

/** What the workspaces on one runner take together. */
export const WorkspaceTotal = z.object({
  runnerId: RunnerId,
  runnerName: z.string(),
  count: z.number().int(),
  /** Of those that were measured, bytes. */
  sizeBytes: z.number().int(),
  unmeasured: z.number().int(),
});
export type WorkspaceTotal = z.infer<typeof WorkspaceTotal>;

export const WorkspaceList = z.object({
  workspaces: z.array(Workspace),
  totals: z.array(WorkspaceTotal),
});
export type WorkspaceList = z.infer<typeof WorkspaceList>;
