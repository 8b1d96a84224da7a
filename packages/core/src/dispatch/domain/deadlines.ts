/** How long a claim lasts without a sign of life from its runner, ms. */
export const LEASE_MS = 15 * 60_000;
/** A host that has heard nothing for this long stops its agent: earlier than the lease ends, so that it is dead when the lease is. */
export const HOST_LEASE_MS = LEASE_MS - 60_000;
/** A runner must have taken up a claimed task by then, ms. */
export const START_DEADLINE_MS = 60_000;
/** Preparing the workspace, running its setup command and starting the agent may take this long, ms. */
export const PREPARE_DEADLINE_MS = 15 * 60_000;
/** An agent that has reported gets this long to end its turn, ms. */
export const FINISH_GRACE_MS = 20_000;
/** Then its process must be gone and its work kept, ms. */
export const FINISH_DEADLINE_MS = 90_000;
/** How often a runner says which runs live, ms. */
export const RUNNER_BEAT_MS = 10_000;
