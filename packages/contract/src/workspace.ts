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
});
export type Workspace = z.infer<typeof Workspace>;
