export type { CostStore, LiveCost } from './cost-store.ts';
export { DEFAULT_RETENTION, type Retention } from './domain/retention.ts';
export { ownsTask } from './owns-task.ts';
export type {
  CommandOutbox,
  LiveCounts,
  QueuedCommand,
  RunRecord,
  RunStore,
  SessionRecord,
  WorkspaceRecord,
  WorkspaceStore,
} from './ports.ts';
export { publicRun } from './public-run.ts';
export { STALE_AGE_MS, STALE_SILENCE_MS, staleAt } from './stale-run.ts';
export { stopRun } from './stop-run.ts';
export { findRestingTasks } from './use-cases/find-resting-tasks.ts';
export { listWorkspaces } from './use-cases/list-workspaces.ts';
export { removeWorkspace } from './use-cases/remove-workspace.ts';
export { createWorkspaceKeeper, type WorkspaceKeeper } from './workspace-keeper.ts';
