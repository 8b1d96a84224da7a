export type { RunnerRecord, RunnerStore } from './ports.ts';
export {
  connectRunner,
  disconnectRunner,
  forgetConnections,
  recordAgents,
} from './use-cases/connect-runner.ts';
export { mergeAgents, showFleet } from './use-cases/show-fleet.ts';
