import { ok } from '@quarterdeck/contract/result';
import { type RunRecord, STALE_SILENCE_MS, staleAt, stopRun } from '../../runs/index.ts';
import type { DispatchDeps, DispatchTransaction } from '../ports.ts';
import { endRun } from './settle-run.ts';

/**
 * Acts on runs whose time is up. A lease that ended means the host has stopped its agent by itself, so the run is over. A start or
 * closing deadline only asks the runner to stop the agent: the task stays taken until its death is confirmed. Returns the runs ended.
 */
export async function sweepRuns(deps: DispatchDeps): Promise<string[]> {
  const swept = await deps.db.write(async (transaction) => {
    const ports: DispatchTransaction = { ...transaction, ids: deps.ids };
    const now = deps.clock.now();
    const ended: string[] = [];
    for (const run of await ports.runs.due(now)) {
      if (run.leaseExpiresAt <= now) {
        const outcome = run.reportedOutcome ?? (run.failureHint === 'over_budget' ? run.failureHint : 'lost');
        const error = outcome === 'lost' ? 'its runner did not come back before the lease ended' : run.error;
        await endRun(ports, { run, outcome, error, report: null, now });
        ended.push(run.id);
      } else {
        await pressOn(ports, run, now);
      }
    }
    return ok(ended);
  });
  return swept.ok ? swept.value : [];
}

/** Asks again for what should have happened by now. */
async function pressOn(ports: DispatchTransaction, run: RunRecord, now: number): Promise<void> {
  if (run.status === 'working') return lookIntoSilence(ports, run, now);
  const isClosing = run.status === 'stopping' || run.status === 'finishing';
  const because = isClosing ? 'it did not end by itself' : (run.error ?? 'the agent did not start in time');
  const late: RunRecord = isClosing
    ? { ...run, status: 'working' }
    : { ...run, failureHint: run.failureHint ?? 'start_timed_out', error: because };
  await stopRun(ports, {
    run: late,
    because,
    actor: 'dispatcher',
    now,
    isFailure: !isClosing || run.reportedOutcome === null,
  });
}

/** Stops a run of an agent that has long been silent, unless it waits for a person's answer. */
async function lookIntoSilence(ports: DispatchTransaction, run: RunRecord, now: number): Promise<void> {
  const waits = (await ports.proposals.pendingOfRun(run.id)).length > 0;
  const next = waits ? now + STALE_SILENCE_MS : staleAt(run);
  if (next > now) return ports.runs.save({ ...run, deadlineAt: next });
  const minutes = Math.round((now - (run.activeAt ?? run.startedAt ?? run.claimedAt)) / 60_000);
  const because = `its agent has done nothing for ${minutes} minutes`;
  const stale: RunRecord = { ...run, failureHint: 'stale', error: because };
  await stopRun(ports, { run: stale, because, actor: 'dispatcher', now, isFailure: true });
}
