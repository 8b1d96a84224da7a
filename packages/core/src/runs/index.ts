export type {
  CommandOutbox,
  LiveCounts,
  QueuedCommand,
  RunRecord,
  RunStore,
  SessionRecord,
} from './ports.ts';
export { publicRun } from './public-run.ts';
export { releaseWorkspace } from './release-workspace.ts';
export { stopRun } from './stop-run.ts';
