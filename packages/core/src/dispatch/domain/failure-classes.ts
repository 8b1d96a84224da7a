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
  /** Holds back its whole profile until the reset, or for `backOffMs`: other tasks would fail the same way. */
  readonly pausesProfile?: boolean;
  /** Counted failures in a row after which the task is blocked, when that is not `FAILURE_LIMIT`. */
  readonly limit?: number;
  readonly meaning: string;
}

/** Counted failures in a row after which the task is blocked for a person. */
export const FAILURE_LIMIT = 3;
/** The longest a profile is held back without a look at whether it still must be. */
const LONGEST_PAUSE_MS = 8 * 86_400_000;
/** The longest one task waits because a provider that fails asked for it. */
const LONGEST_WAIT_MS = 3_600_000;

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
    backOffMs: 5 * 60_000,
    canBeSystemic: false,
    pausesProfile: true,
    meaning: "the provider's limit for short times is reached",
  },
  quota_used_up: {
    counts: false,
    trips: false,
    backOffMs: 3_600_000,
    canBeSystemic: false,
    pausesProfile: true,
    meaning: 'the usage limit of the account is used up',
  },
  model_refused: {
    counts: false,
    trips: true,
    backOffMs: 0,
    canBeSystemic: true,
    meaning: 'the model does not exist, or may not be used',
  },
  provider_error: {
    counts: true,
    trips: false,
    backOffMs: 30_000,
    canBeSystemic: false,
    limit: 8,
    meaning: "the model's provider fails or cannot be reached",
  },
  context_full: {
    counts: true,
    trips: false,
    backOffMs: 2_000,
    canBeSystemic: false,
    meaning: 'the conversation became too long for the model',
  },
  content_refused: {
    counts: false,
    trips: true,
    backOffMs: 0,
    canBeSystemic: false,
    meaning: 'the model or its provider refused the content',
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

/** Until when a run that ended so holds back its profile: until the provider's reset, else for a while. Null for all others. */
export function limitEnd(outcome: RunOutcome, limitResetAt: number | null, now: number): number | null {
  const failure = FAILURE_CLASSES[outcome];
  if (!failure?.pausesProfile) return null;
  const isTold = limitResetAt !== null && limitResetAt > now;
  return isTold ? Math.min(limitResetAt, now + LONGEST_PAUSE_MS) : now + failure.backOffMs;
}

/** Counted failures in a row after which a task whose last run failed so is given up. */
export function failureLimit(outcome: RunOutcome | null): number {
  return (outcome === null ? undefined : FAILURE_CLASSES[outcome]?.limit) ?? FAILURE_LIMIT;
}

/** What becomes of a task whose run failed: another attempt after a back-off, or a person. */
export function judgeFailure(
  outcome: RunOutcome,
  facts: { readonly failureCount: number; readonly now: number; readonly limitResetAt: number | null },
): Verdict {
  const failure = FAILURE_CLASSES[outcome];
  if (!failure) return { next: 'retry', failureCount: facts.failureCount, retryAt: null };
  const failureCount = facts.failureCount + (failure.counts ? 1 : 0);
  if (failure.trips || failureCount >= failureLimit(outcome)) return { next: 'give_up', failureCount };
  // Its profile waits, and not the task: another agent could do it at once.
  if (failure.pausesProfile) return { next: 'retry', failureCount, retryAt: null };
  const doublings = Math.min(3, Math.max(0, failureCount - 1));
  const wait = failure.backOffMs * 2 ** doublings;
  if (wait === 0) return { next: 'retry', failureCount, retryAt: null };
  const told = Math.min(facts.limitResetAt ?? 0, facts.now + LONGEST_WAIT_MS);
  return { next: 'retry', failureCount, retryAt: Math.max(facts.now + wait, told) };
}
