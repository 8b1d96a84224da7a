import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostIdentity } from './identity.ts';
import { isSameProcessAlive, parseIdentity } from './identity.ts';

/** Exit code of a host that found another one already at work on its run. */
export const RUN_IS_TAKEN = 75;

/**
 * Makes the calling process the only host of a run; `taken` when another live one has it. A runner that was killed right after it
 * started a host does not know of it and starts a second. `inherited`: the one before it died, and may have left an agent.
 */
export async function claimRun(
  runDir: string,
  identity: HostIdentity,
): Promise<'first' | 'inherited' | 'taken'> {
  const claim = join(runDir, 'host.claim');
  const own = `${claim}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identity), { mode: 0o600 });
  let outcome: 'first' | 'inherited' = 'first';
  try {
    // Each round either wins, loses to a live host, or clears away one dead host's claim.
    while (!isLinked(own, claim)) {
      const holder = parseIdentity(readFileSync(claim, 'utf8'));
      if (holder !== null && (await isSameProcessAlive(holder))) return 'taken';
      rmSync(claim, { force: true });
      outcome = 'inherited';
    }
    return outcome;
  } finally {
    rmSync(own, { force: true });
  }
}

/** A link appears whole or not at all, and only one process can make it. */
function isLinked(own: string, claim: string): boolean {
  try {
    linkSync(own, claim);
    return true;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'EEXIST') return false;
    throw error;
  }
}
