import type { RunOutcome } from '@quarterdeck/contract/status';

interface FailureClass {
  /** Whether it counts towards the breaker. */
  readonly counts: boolean;
  /** Trips the breaker at once: trying again cannot help before a person acts. */
  readonly trips: boolean;
  /** Wait before the next attempt, ms, doubled with every counted failure in a row up to 8 times. */
  readonly backOffMs: number;
  /** Whether it can be the fault of the profile: several tasks that fail alike pause it then (`failure-fingerprint.ts`). */
  readonly canBeSystemic: boolean;
  readonly meaning: string;
}

/** Counted failures in a row after which the task is blocked for a person. */
export const FAILURE_LIMIT = 3;

const RATE_LIMIT_PAUSE_MS = 5 * 60_000;

/** What each way a run can fail means for its task. Outcomes that are no failures are not in the table; `over_budget` is
 * none: a person decides whether the task may cost more. */
export const FAILURE_CLASSES: Readonly<Partial<Record<RunOutcome, FailureClass>>> = {
  crashed: {
    counts: true,
    trips: false,
    backOffMs: 2_000,
    canBeSystemic: true,
    meaning: "the agent's process died",
  },
  start_failed: {
    counts: true,
    trips: false,
    backOffMs: 5_000,
    canBeSystemic: true,
    meaning: 'the agent could not be started',
  },
  start_timed_out: {
    counts: true,
    trips: false,
    backOffMs: 5_000,
    canBeSystemic: true,
    meaning: 'the agent did not start in time',
  },
  timed_out: {
    counts: true,
    trips: false,
    backOffMs: 5_000,
    canBeSystemic: false,
    meaning: 'the run took longer than its profile allows',
  },
  no_report: {
    counts: true,
    trips: false,
    backOffMs: 2_000,
    canBeSystemic: true,
    meaning: 'the agent stopped without reporting a result',
  },
  workspace_failed: {
    counts: true,
    trips: true,
    backOffMs: 0,
    canBeSystemic: false,
    meaning: 'the workspace could not be prepared',
  },
  sign_in_needed: {
    counts: false,
    trips: true,
    backOffMs: 0,
    canBeSystemic: true,
    meaning: 'the agent is not signed in',
  },
  rate_limited: {
    counts: false,
    trips: false,
    backOffMs: RATE_LIMIT_PAUSE_MS,
    canBeSystemic: false,
    meaning: "the provider's limit is used up",
  },
  lost: {
    counts: false,
    trips: false,
    backOffMs: 0,
    canBeSystemic: false,
    meaning: 'its runner did not come back before the lease ended',
  },
  stale: {
    counts: false,
    trips: false,
    backOffMs: 0,
    canBeSystemic: false,
    meaning: 'the agent has been silent for an hour in a run of more than four',
  },
};

export type Verdict =
  | { readonly next: 'retry'; readonly failureCount: number; readonly retryAt: number | null }
  | { readonly next: 'give_up'; readonly failureCount: number };

/** When a used-up limit ends: when the provider said, else after a pause of five minutes. */
export function limitEnd(limitResetAt: number | null, now: number): number {
  return limitResetAt !== null && limitResetAt > now ? limitResetAt : now + RATE_LIMIT_PAUSE_MS;
}

/** What becomes of a task whose run failed: another attempt after a back-off, or a person. */
export function judgeFailure(
  outcome: RunOutcome,
  facts: { readonly failureCount: number; readonly now: number; readonly limitResetAt: number | null },
): Verdict {
  const failure = FAILURE_CLASSES[outcome];
  if (!failure) return { next: 'retry', failureCount: facts.failureCount, retryAt: null };
  const failureCount = facts.failureCount + (failure.counts ? 1 : 0);
  if (failure.trips || failureCount >= FAILURE_LIMIT) return { next: 'give_up', failureCount };
  if (outcome === 'rate_limited')
    return { next: 'retry', failureCount, retryAt: limitEnd(facts.limitResetAt, facts.now) };
  const doublings = Math.min(3, Math.max(0, failureCount - 1));
  const wait = failure.backOffMs * 2 ** doublings;
  return { next: 'retry', failureCount, retryAt: wait === 0 ? null : facts.now + wait };
}
