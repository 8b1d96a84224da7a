export type { OfferStore, ProfileSettingsStore, RunnerRecord, RunnerStore } from './ports.ts';
export {
  connectRunner,
  disconnectRunner,
  forgetConnections,
  recordAgents,
} from './use-cases/connect-runner.ts';
export { MEMORY_SAVE_MS, type MemoryReading, noteMemory } from './use-cases/note-memory.ts';
export { mergeAgents, showFleet } from './use-cases/show-fleet.ts';
export { saveSettings, unsetProfile, updateProfile } from './use-cases/update-profile.ts';
