import type { RunReport } from '@quarterdeck/contract/runner-protocol';

export type Failure = NonNullable<RunReport['failure']>;

/** What is known of a run, from disk and from its processes. */
export interface RunFacts {
  readonly hasReport: boolean;
  readonly hasWorkspace: boolean;
  /** `none`: never launched. */
  readonly host: 'none' | 'alive' | 'dead';
  /** Why it cannot go on, when that is known. */
  readonly failure: Failure | null;
  /** Why it was told to stop before its host was launched. */
  readonly stoppedBecause: string | null;
}

/**
 * `prepare` the workspace, `launch` the host, `follow` it to its end, `close` the run (keep the work, write the report),
 * `settle` it with the server.
 */
export type RunStep = 'prepare' | 'launch' | 'follow' | 'close' | 'settle';

/**
 * The next step in a run's life. The same decision serves a fresh run and one found on disk after a crash, so a runner may
 * be killed between any two steps.
 */
export function nextStep(facts: RunFacts): RunStep {
  if (facts.hasReport) return 'settle';
  if (facts.host === 'alive') return 'follow';
  if (facts.host === 'dead') return 'close';
  if (facts.failure !== null || facts.stoppedBecause !== null) return 'close';
  return facts.hasWorkspace ? 'launch' : 'prepare';
}

/** What is known of how a run came to its end. */
export interface EndFacts {
  readonly failure: Failure | null;
  readonly stoppedBecause: string | null;
  readonly wasLaunched: boolean;
  /** The journal says that the agent's processes are gone. */
  readonly hasExited: boolean;
  readonly timedOutAfterMs: number | null;
}

/** Why the run failed as the runner sees it; null when its journal tells the whole story. */
export function failureOf(facts: EndFacts): Failure | null {
  if (facts.timedOutAfterMs !== null)
    return { kind: 'timed_out', message: timedOutMessage(facts.timedOutAfterMs) };
  if (facts.failure !== null) return facts.failure;
  if (!facts.wasLaunched) {
    const because = facts.stoppedBecause ?? 'no reason was given';
    return { kind: 'start_failed', message: `Stopped before the agent was started: ${because}` };
  }
  if (facts.hasExited) return null;
  return {
    kind: 'host_died',
    message:
      'The process that drives the agent died (killed, out of memory, or the machine restarted). Its agent was ended and its work kept. Start the task again.',
  };
}

function timedOutMessage(maxRuntimeMs: number): string {
  const minutes = Math.round(maxRuntimeMs / 60_000);
  const limit = minutes >= 1 ? `${minutes} min` : `${Math.round(maxRuntimeMs / 1000)} s`;
  return `The run reached its time limit of ${limit} and was stopped. Its work was kept. Split the task, or raise the profile's maxRuntimeMs.`;
}
