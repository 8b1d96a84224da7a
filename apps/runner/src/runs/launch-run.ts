import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { limit } from '@quarterdeck/agent/detect/limit';
import { readIdentity } from '@quarterdeck/agent/host/identity';
import { launchHost } from '@quarterdeck/agent/host/launch';
import { agentFolder } from '@quarterdeck/agent/workspace/agent-folder';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { describeError } from '../write-log.ts';
import { openAgentHome } from './agent-homes.ts';
import { endAgent } from './end-processes.ts';
import { findProcesses } from './find-processes.ts';
import type { LiveRun, RunDeps } from './live-run.ts';
import type { StoredWorkspace } from './run-folder.ts';

const HALF_LAUNCHED_PATIENCE_MS = 30_000;
/** A host that starts uses a whole core: a hundred at once would all be late, and the server with them. */
const inTurn = limit(Math.max(2, availableParallelism()));

/** Launches the agent host of a prepared run. A failure becomes the run's failure. */
export async function launchRun(deps: RunDeps, run: LiveRun): Promise<void> {
  const { workspace, stored, folder } = run;
  if (workspace === null || (await adoptHalfLaunched(run))) return;
  const profile = await deps.findProfile(stored.order.profile);
  if (profile === null) {
    run.failure = {
      kind: 'start_failed',
      message: `This runner no longer knows the agent "${stored.order.profile}".`,
    };
    return;
  }
  const spec = {
    order: withNotes(stored.order, workspace),
    profile,
    workspacePath: agentFolder(stored.order, workspace.path),
    runDir: folder.path,
    agentHome: await openAgentHome(deps.runnerHome, stored.order),
    personHome: deps.personHome,
    serverUrl: deps.serverUrl,
    leaseMs: stored.leaseMs,
  };
  await inTurn(async () => {
    // While it waited for its turn it may have been told to stop, or the runner to leave.
    if (run.stoppedBecause !== null || run.leaving.signal.aborted) return;
    await launchHost(spec, { hostEntry: deps.files.hostEntry }).catch((error: unknown) => {
      run.failure = { kind: 'start_failed', message: describeError(error) };
    });
  });
}

/**
 * A runner may have been killed between starting a host and hearing from it. A second host would put two agents into one
 * workspace, so the first is waited for. True when it came up.
 */
async function adoptHalfLaunched(run: LiveRun): Promise<boolean> {
  const { path } = run.folder;
  if (!existsSync(join(path, 'spec.json'))) return false;
  const deadline = performance.now() + HALF_LAUNCHED_PATIENCE_MS;
  for (;;) {
    const starting = await findProcesses(path);
    if ((await readIdentity(path)) !== null) return true;
    if (starting.length === 0) {
      // It may have died in between, and left an agent that did not notice.
      await endAgent(run.folder);
      return false;
    }
    if (performance.now() > deadline) for (const pid of starting) process.kill(pid, 'SIGKILL');
    await wait(50, undefined, { signal: run.leaving.signal });
  }
}

function withNotes(order: RunOrder, { notes }: StoredWorkspace): RunOrder {
  const noted = (prompt: string): string => [prompt, ...notes].join('\n\n');
  const { resume } = order;
  return {
    ...order,
    prompt: noted(order.prompt),
    resume: resume && { ...resume, prompt: noted(resume.prompt) },
  };
}
