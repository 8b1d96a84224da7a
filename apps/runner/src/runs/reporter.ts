// The order in which a run's story reaches the server: every line acknowledged, then the report, then the word to forget.
import type { LiveRun, RunDeps } from './live-run.ts';

export interface Reporter {
  readonly welcome: (journalSeq: number | null) => void;
  readonly onDown: () => void;
  readonly acknowledge: (journalSeq: number) => void;
  readonly forget: () => void;
  /** Whether the server counts the run as live; only then its host may have its lease renewed. */
  readonly isWanted: () => boolean;
  /** Resolves at the server's first word: whether it counts the run as live. False when aborted. */
  readonly untilWelcomed: (signal: AbortSignal) => Promise<boolean>;
  /** Brings the stored report to the server. True when the run may be forgotten, false when aborted before. */
  readonly settle: (signal: AbortSignal) => Promise<boolean>;
}

/** Keeps one run and the server in step over any number of connections. */
export function createReporter(deps: RunDeps, run: LiveRun): Reporter {
  const firstWord = Promise.withResolvers<void>();
  const forgotten = Promise.withResolvers<void>();
  let isUp = false;
  let isWanted = false;
  let isReported = false;

  const report = (): void => {
    if (run.report === null || !isUp || isReported) return;
    // A run the server has closed takes no more lines; its report only asks for the word to forget.
    if (isWanted && !run.feed.isAcknowledged()) return;
    isReported = deps.link.send({ type: 'report', runId: run.folder.runId, report: run.report });
  };
  const tellStarting = (): void => {
    if (run.workspace === null || run.report !== null) return;
    const { path, branch, base = null } = run.workspace;
    deps.link.send({ type: 'starting', runId: run.folder.runId, workspacePath: path, branch, base });
  };
  return {
    welcome: (journalSeq) => {
      isUp = true;
      isReported = false;
      isWanted = journalSeq !== null;
      if (journalSeq === 0) tellStarting();
      if (journalSeq !== null) {
        // A welcome is a word of the server too: after a long absence the next beat may come too late for the lease.
        run.connection?.beat();
        run.feed.resume(journalSeq);
      }
      firstWord.resolve();
      report();
    },
    onDown: () => {
      isUp = false;
      run.feed.pause();
    },
    acknowledge: (journalSeq) => {
      run.feed.acknowledge(journalSeq);
      report();
    },
    forget: forgotten.resolve,
    isWanted: () => isWanted,
    untilWelcomed: async (signal) => {
      await Promise.race([firstWord.promise, untilAborted(signal)]);
      return isWanted;
    },
    settle: async (signal) => {
      report();
      return Promise.race([forgotten.promise.then(() => true), untilAborted(signal).then(() => false)]);
    },
  };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
