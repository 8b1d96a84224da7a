import type { RunnerId } from '@quarterdeck/contract/ids';
import type { Run } from '@quarterdeck/contract/run';
import type { RunOutcome } from '@quarterdeck/contract/status';
import { NO_USAGE, type Usage } from '@quarterdeck/contract/usage';

/** Outcomes an agent reported itself: whoever sends the task back talks about the work it handed in. */
const HANDED_IN: readonly (RunOutcome | null)[] = ['completed', 'review_requested', 'blocked'];

type Attempt = Pick<Run, 'attempt' | 'purpose' | 'outcome' | 'endedAt'>;
type Resumable = Attempt & {
  readonly profile: string;
  readonly runnerId: RunnerId;
  readonly agentSessionId: string | null;
};

/** The attempts at the work itself, without those that reviewed it. */
export function worksAmong<A extends Pick<Attempt, 'purpose'>>(runs: readonly A[]): A[] {
  return runs.filter((run) => run.purpose === 'work');
}

/** The last attempt an agent handed in; null when there is none. */
export function lastHandedIn<A extends Attempt>(earlier: readonly A[]): A | null {
  return (
    worksAmong(earlier)
      .filter((run) => HANDED_IN.includes(run.outcome))
      .toSorted((a, b) => a.attempt - b.attempt)
      .at(-1) ?? null
  );
}

/** The last attempt, when a new one can go on where it stopped: it was handed in, or it was stopped for its cost. */
export function lastUnbroken<A extends Attempt>(earlier: readonly A[]): A | null {
  const last = worksAmong(earlier)
    .toSorted((a, b) => a.attempt - b.attempt)
    .at(-1);
  const isUnbroken = HANDED_IN.includes(last?.outcome ?? null) || last?.outcome === 'over_budget';
  return last !== undefined && isUnbroken ? last : null;
}

/**
 * The agent's session a new attempt goes on with: that of the attempt before, when nothing broke it, by the same profile on the same
 * runner, and can be resumed. After a failure a fresh session is safer.
 */
export function chooseResume(
  claim: { readonly profile: string; readonly runnerId: RunnerId },
  earlier: readonly Resumable[],
): string | null {
  const last = lastUnbroken(earlier);
  return last?.profile === claim.profile && last.runnerId === claim.runnerId ? last.agentSessionId : null;
}

/** What the attempts of one session have used together; what they only estimated does not count. */
export function spentIn(
  agentSessionId: string,
  earlier: readonly (Resumable & { readonly usage: Usage })[],
): Usage {
  const own = earlier.filter((run) => run.agentSessionId === agentSessionId).map((run) => run.usage);
  const sum = (pick: (usage: Usage) => number | null) =>
    own.reduce((all, usage) => all + (pick(usage) ?? 0), 0);
  return {
    ...NO_USAGE,
    inputTokens: sum((usage) => usage.inputTokens),
    outputTokens: sum((usage) => usage.outputTokens),
    cachedTokens: sum((usage) => usage.cachedTokens),
    costMicros: sum((usage) => (usage.costSource === 'reported' ? usage.costMicros : null)),
  };
}
