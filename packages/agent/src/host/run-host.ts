// The agent is started before the larger part of this program is loaded: schemas and protocol take three times as long to load as
// all that comes before them, and the agent takes its own time to start meanwhile. What it says first waits in its pipes.
import { setFlagsFromString } from 'node:v8';
import { claimRun, RUN_IS_TAKEN } from './claim-run.ts';
import { ownIdentity } from './identity.ts';
import { launchAgent } from './launch-agent.ts';
import { readSpec } from './read-spec.ts';
import { killRunProcesses } from './run-processes.ts';
import { socketPathFor } from './socket-path.ts';

const INITIALIZE_MS = 90_000;
const DEATH_DEADLINE_MS = 2000;
const PREDECESSOR_DEADLINE_MS = 15_000;

/** Drives the agent of the run in `runDir` to its end. Resolves when the agent is confirmed dead and all is written down. */
export async function runHost(runDir: string, { initializeMs = INITIALIZE_MS } = {}): Promise<void> {
  // There is one host per agent and it has little to compute: without the optimising compilers it takes 8 MB less. As options of the
  // process they would cost 15 ms, because Node then compiles its own modules anew.
  for (const flag of ['--no-opt', '--no-maglev']) setFlagsFromString(flag);
  const spec = await readSpec(runDir);
  const { runId } = spec.order;
  const identity = await ownIdentity(socketPathFor(runDir));
  const claim = await claimRun(runDir, identity);
  if (claim === 'taken') process.exit(RUN_IS_TAKEN);
  // A host that was killed right after it started its agent has told nobody: two agents would work in one workspace.
  if (claim === 'inherited' && !(await killRunProcesses(runId, PREDECESSOR_DEADLINE_MS)))
    throw new Error(`The agent of an earlier host of run ${runId} does not die.`);
  try {
    const launched = launchAgent(spec);
    await launched.catch(() => undefined);
    const { serveRun } = await import('./serve-run.ts');
    await serveRun({ spec, identity, launched, initializeMs });
  } finally {
    // Also when the end itself fails, for example on a full disk: no agent may outlive its host.
    await killRunProcesses(runId, DEATH_DEADLINE_MS);
  }
}
