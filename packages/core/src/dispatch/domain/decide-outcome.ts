import type { FailureHint } from '@quarterdeck/contract/journal';
import type { RunReport } from '@quarterdeck/contract/runner-protocol';
import type { RunOutcome } from '@quarterdeck/contract/status';

/** What is known of a run when its agent is dead. */
interface DeadRun {
  readonly reportedOutcome: Extract<
    RunOutcome,
    'completed' | 'review_requested' | 'blocked' | 'approved' | 'changes_requested' | 'stopped'
  > | null;
  readonly failureHint: FailureHint | OurStop | null;
  readonly error: string | null;
  readonly nudges: number;
  readonly startedAt: number | null;
}

/** How a run ended: what the agent reported wins, then what its runner saw, then what the host recognised. */
export function decideOutcome(
  run: DeadRun,
  report: RunReport,
): { readonly outcome: RunOutcome; readonly error: string | null } {
  if (run.reportedOutcome !== null) {
    return { outcome: run.reportedOutcome, error: run.reportedOutcome === 'stopped' ? run.error : null };
  }
  // Such a run was stopped by us; what its runner makes of that is not why.
  if (isOurStop(run.failureHint)) return { outcome: run.failureHint, error: run.error };
  const { failure } = report;
  if (failure !== null && failure.kind !== 'host_died')
    return { outcome: failure.kind, error: failure.message };
  if (run.failureHint !== null) return { outcome: run.failureHint, error: run.error };
  if (failure !== null) return { outcome: 'crashed', error: failure.message };
  if (run.nudges > MAX_NUDGES) return { outcome: 'no_report', error: run.error };
  return { outcome: run.startedAt === null ? 'start_failed' : 'crashed', error: run.error };
}

type OurStop = 'start_timed_out' | 'stale' | 'over_budget';

/** Whether the server stopped the run, for this reason. */
function isOurStop(hint: DeadRun['failureHint']): hint is OurStop {
  return hint === 'start_timed_out' || hint === 'stale' || hint === 'over_budget';
}

/** How often an agent that stops without a report is asked for one. */
export const MAX_NUDGES = 2;
