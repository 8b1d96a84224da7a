import type { DetectedAgent, Profile } from '@quarterdeck/contract/profile';
import { describeError, type WriteLog } from '../write-log.ts';

/** Also how old the knowledge of a runner may be. */
export const DETECT_EVERY_MS = 10 * 60_000;

export interface AgentWatchDeps {
  readonly loadProfiles: () => Promise<readonly Profile[]>;
  /** `signal` says that nobody waits for the outcome any more. */
  readonly detect: (profiles: readonly Profile[], signal: AbortSignal) => Promise<readonly DetectedAgent[]>;
  readonly onChange: (agents: readonly DetectedAgent[]) => void;
  /** What an earlier runner found not long ago, so that one that is started again need not look first. */
  readonly recall: () => Promise<readonly DetectedAgent[] | null>;
  readonly remember: (agents: readonly DetectedAgent[]) => Promise<void>;
  readonly log: WriteLog;
}

/** Knows which agents can be used on this machine, and looks again every 10 minutes. */
export interface AgentWatch {
  /** What is known after at most `patienceMs`: all agents, those an earlier runner found, or those that need no looking for. */
  readonly known: (patienceMs: number) => Promise<readonly DetectedAgent[]>;
  readonly refresh: () => Promise<void>;
  /** Resolves when no program is asked any more. */
  readonly stop: () => Promise<void>;
}

/** Starts looking at once. `onChange` is called for every outcome that differs from the last. */
export function watchAgents(deps: AgentWatchDeps): AgentWatch {
  let agents: readonly DetectedAgent[] = [];
  let isComplete = false;
  let looking: Promise<void> | null = null;
  const recalled = Promise.withResolvers<void>();
  const stopping = new AbortController();
  const { signal } = stopping;

  const publish = (found: readonly DetectedAgent[]): void => {
    if (signal.aborted || JSON.stringify(found) === JSON.stringify(agents)) return;
    agents = found;
    deps.onChange(found);
  };
  const lookAtHand = async (profiles: readonly Profile[]): Promise<void> => {
    const known = await deps.recall();
    const atHand = profiles.filter(({ id }) => id === 'demo');
    agents = known ?? (await deps.detect(atHand, signal));
    if (known !== null) recalled.resolve();
  };
  const look = async (): Promise<void> => {
    const profiles = await deps.loadProfiles();
    if (!isComplete) await lookAtHand(profiles);
    const found = await deps.detect(profiles, signal);
    publish(found);
    isComplete = true;
    if (!signal.aborted) await deps.remember(found);
  };
  const lookSafely = (): Promise<void> =>
    look().catch((error: unknown) => deps.log(`agents could not be detected: ${describeError(error)}`));
  let queued: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    looking = lookSafely().finally(() => {
      looking = null;
    });
    return looking;
  };
  const refresh = (): Promise<void> => {
    if (looking === null) return begin();
    // What the look that has begun has read may be old by now, so one more follows it.
    queued ??= looking.then(() => {
      queued = null;
      return signal.aborted ? undefined : begin();
    });
    return queued;
  };
  void refresh();
  const timer = setInterval(() => void refresh(), DETECT_EVERY_MS);
  return {
    known: async (patienceMs) => {
      if (!isComplete && looking) await atMost(Promise.race([looking, recalled.promise]), patienceMs);
      return agents;
    },
    refresh,
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await (queued ?? looking);
    },
  };
}

async function atMost(work: Promise<void>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
