import type { RunId, RunnerId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import { LEASE_MS, PREPARE_DEADLINE_MS } from '../domain/deadlines.ts';
import type { DispatchDeps } from '../ports.ts';

/** A runner says which of its runs live: their leases are renewed, and a claimed run it is preparing gets time for that. */
export async function renewLeases(
  deps: Pick<DispatchDeps, 'db' | 'clock'>,
  input: { readonly runnerId: RunnerId; readonly runIds: readonly RunId[] },
): Promise<void> {
  const { runnerId, runIds } = input;
  await deps.db.write(async (ports) => {
    const now = deps.clock.now();
    await ports.runs.extendLeases(runnerId, runIds, { at: now, expiresAt: now + LEASE_MS });
    return ok(null);
  });
}

/** A runner has taken up the order of a claimed run: from here on preparing may take its time. */
export async function noteTakenUp(deps: Pick<DispatchDeps, 'db' | 'clock'>, runId: RunId): Promise<void> {
  await deps.db.write(async (ports) => {
    const run = await ports.runs.find(runId);
    if (run?.status === 'claimed') {
      await ports.runs.save({ ...run, deadlineAt: deps.clock.now() + PREPARE_DEADLINE_MS });
    }
    return ok(null);
  });
}
