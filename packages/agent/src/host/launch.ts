import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RUN_IS_TAKEN } from './claim-run.ts';
import type { HostIdentity } from './identity.ts';
import { isSameProcessAlive, readIdentity } from './identity.ts';
import type { HostSpec } from './spec.ts';
import { writeSpec } from './spec.ts';

// A loaded machine may take several seconds to start a process.
const READY_DEADLINE_MS = 30_000;

// There is one host per agent, so its memory counts. Only an option that does not make Node compile its own modules anew: see runHost.
const SMALL = ['--max-semi-space-size=1'];

// Agents and all they start inherit it: however many work, server and runner get their turn first.
const NICENESS = 5;

/**
 * Starts the agent host of a run as a process of its own session, which outlives the caller, and resolves once it listens.
 * A run that has a live host already keeps it: that one is returned. `hostEntry` is the program file of the host. Rejects with the end of its log when it does not come up.
 */
export async function launchHost(
  spec: HostSpec,
  { hostEntry }: { readonly hostEntry: string },
): Promise<HostIdentity> {
  await writeSpec(spec);
  const log = openSync(join(spec.runDir, 'host.log'), 'a', 0o600);
  const child = spawn(process.execPath, [...SMALL, hostEntry, spec.runDir], {
    cwd: spec.runDir,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  yieldToOthers(child);
  const identity = await untilReady(spec.runDir, child);
  child.unref();
  return identity;
}

function yieldToOthers({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS);
  } catch {
    // It has ended already, which its log tells.
  }
}

async function untilReady(runDir: string, child: ChildProcess): Promise<HostIdentity> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  let startError: unknown;
  let isOver = false;
  once(child, 'exit').then(
    () => {
      isOver = true;
    },
    (error: unknown) => {
      startError = error;
      isOver = true;
    },
  );
  while (performance.now() < deadline) {
    const identity = await readIdentity(runDir);
    // A host that found its agent missing may be gone already; its journal tells why.
    if (identity !== null && identity.pid === child.pid) return identity;
    const isTaken = isOver && child.exitCode === RUN_IS_TAKEN;
    if (isTaken && identity !== null && (await isSameProcessAlive(identity))) return identity;
    if (isOver && !isTaken) break;
    await wait(20);
  }
  child.kill('SIGKILL');
  const log = await readFile(join(runDir, 'host.log'), 'utf8').catch(() => '');
  throw new Error(`The agent host did not start. ${log.slice(-2000)}`.trim(), { cause: startError });
}
