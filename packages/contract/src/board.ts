import { z } from 'zod';
import { Millis } from './ids.ts';
import { Labels } from './label.ts';
import { TaskSeen } from './seen.ts';
import { TaskStatus } from './status.ts';
import { Link, TaskCard } from './task.ts';

export const BoardColumn = z.object({
  name: TaskStatus,
  tasks: z.array(TaskCard),
});

/** The whole board. `latestEventId` is the cursor to stream from; it was captured before the tasks were read. */
export const Board = z.object({
  columns: z.array(BoardColumn),
  links: z.array(Link),
  tenants: z.array(z.string()),
  assignees: z.array(z.string()),
  labels: z.array(z.string()).default([]),
  latestEventId: z.number().int(),
  now: Millis,
});
export type Board = z.infer<typeof Board>;

export const BoardQuery = z.object({
  tenant: z.string().optional(),
  project: z.string().optional(),
  /** Only tasks with this label, whatever its case. */
  label: z.string().optional(),
  includeArchived: z.stringbool().default(false),
});
export type BoardQuery = z.infer<typeof BoardQuery>;

export const BoardStats = z.object({
  byStatus: z.record(z.string(), z.number().int()),
  byAssignee: z.record(z.string(), z.record(z.string(), z.number().int())),
  oldestReadyAgeSeconds: z.number().int().nullable(),
  now: Millis,
});
export type BoardStats = z.infer<typeof BoardStats>;

/** The settings the seed's dashboard reads before it draws. */
export const BoardConfig = z.object({
  defaultTenant: z.string(),
  laneByProfile: z.boolean(),
  includeArchivedByDefault: z.boolean(),
  renderMarkdown: z.boolean(),
});
export type BoardConfig = z.infer<typeof BoardConfig>;

export const BulkPatch = z.object({
  ids: z.array(z.string()).max(10_000),
  status: z.string().nullish(),
  assignee: z.string().max(120).nullish(),
  priority: z.number().int().nullish(),
  addLabels: Labels.default([]),
  removeLabels: Labels.default([]),
  archive: z.boolean().default(false),
  /** By task: the values that are replaced, as the writer saw them. A task where one is another by now is refused. */
  seen: z.record(z.string(), TaskSeen).optional(),
});
export type BulkPatch = z.input<typeof BulkPatch>;

export const BulkResults = z.object({
  results: z.array(z.object({ id: z.string(), ok: z.boolean(), error: z.string().optional() })),
});
export type BulkResults = z.infer<typeof BulkResults>;

/** What one dispatcher pass did and why it left the rest. */
export const DispatchReport = z.object({
  dryRun: z.boolean(),
  claimed: z.array(
    z.object({
      taskId: z.string(),
      runId: z.string().nullable(),
      profile: z.string(),
    }),
  ),
  spawned: z.array(z.string()),
  reclaimed: z.array(z.string()),
  promoted: z.array(z.string()),
  skipped: z.array(z.object({ taskId: z.string(), code: z.string(), message: z.string() })),
});
export type DispatchReport = z.infer<typeof DispatchReport>;
