export type {
  CommandOutbox,
  LiveCounts,
  QueuedCommand,
  RunRecord,
  RunStore,
  SessionRecord,
} from './ports.ts';
export { publicRun } from './public-run.ts';
export { STOP_DEADLINE_MS, stopRun } from './stop-run.ts';
