// One run from its order to the server's word that it may be forgotten. The steps are decided by `nextStep`, from what is
// on disk; this file carries them out and keeps the run and the server in step.
import { setTimeout as wait } from 'node:timers/promises';
import { isHostAlive, readJournal } from '@quarterdeck/agent/host/connection';
import { readIdentity } from '@quarterdeck/agent/host/identity';
import type { CommandId, RunId, TaskId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import { describeError } from '../write-log.ts';
import { settleAgentHome } from './agent-homes.ts';
import { closeRun, readEnd } from './close-run.ts';
import { createCommandQueue } from './command-queue.ts';
import { endRun, followRun } from './follow-run.ts';
import { forgetFolder } from './forget-folder.ts';
import { launchRun } from './launch-run.ts';
import { createLineFeed } from './line-feed.ts';
import type { LiveRun, RunDeps } from './live-run.ts';
import type { RunFacts, RunStep } from './next-step.ts';
import { nextStep } from './next-step.ts';
import { prepareRun } from './prepare-run.ts';
import type { Reporter } from './reporter.ts';
import { createReporter } from './reporter.ts';
import type { RunFolder, StoredOrder } from './run-folder.ts';
import { hasTimedOut, readReport, readWorkspace } from './run-folder.ts';

const STEP_RETRY_MS = 5_000;

/** What the runner's edge tells a run. */
export interface SupervisedRun {
  readonly runId: RunId;
  readonly taskId: TaskId;
  /** Whether its agent may still be at work. */
  readonly isAtWork: () => boolean;
  readonly take: (commandId: CommandId, command: RunCommand) => void;
  /** The server is there. `journalSeq` is the last line it has; null when it does not count the run as live. */
  readonly welcome: (journalSeq: number | null) => void;
  readonly onDown: () => void;
  readonly onDrain: () => void;
  readonly acknowledge: (journalSeq: number) => void;
  /** The server answered a beat: the host may work on. */
  readonly renewLease: () => void;
  readonly forget: () => void;
  /** Lets go of the run without touching its agent. */
  readonly leave: () => Promise<void>;
  /** Resolves when the run is forgotten or left. */
  readonly isOver: Promise<void>;
}

interface SuperviseDeps extends RunDeps {
  /** Resolves when no other run of its task is in this runner's hands. */
  readonly untilAlone: () => Promise<unknown>;
}

/** Takes a run into its hands whose order is on disk, wherever in its life it stands. */
export async function superviseRun(
  deps: SuperviseDeps,
  folder: RunFolder,
  stored: StoredOrder,
): Promise<SupervisedRun> {
  const run = await loadRun(deps, folder, stored);
  const reporter = createReporter(deps, run);
  const isOver = live(deps, run, reporter);
  return {
    runId: folder.runId,
    taskId: stored.order.taskId,
    isAtWork: () => run.report === null,
    take: (commandId, command) => {
      if (command.kind === 'stop' && run.connection === null) stopEarly(run, command.because);
      run.commands.put({ commandId, command });
    },
    welcome: reporter.welcome,
    onDown: reporter.onDown,
    onDrain: run.feed.relieve,
    acknowledge: reporter.acknowledge,
    renewLease: () => {
      if (reporter.isWanted()) run.connection?.beat();
    },
    forget: () => {
      if (run.report === null) {
        stopEarly(run, 'The server has given this run up.');
        endRun(deps, run, 'The server has given this run up.');
      }
      reporter.forget();
    },
    leave: async () => {
      run.leaving.abort();
      await isOver;
    },
    isOver,
  };
}

async function loadRun(deps: RunDeps, folder: RunFolder, stored: StoredOrder): Promise<LiveRun> {
  const { runId, path } = folder;
  const { newestSeq, hasExited } = await readEnd(path);
  const feed = createLineFeed(
    {
      readJournal: (afterSeq) => readJournal(path, afterSeq),
      send: (lines) => deps.link.send({ type: 'lines', runId, lines }),
      isCongested: deps.link.isCongested,
      onError: (error) => deps.log(`${runId}: its journal could not be read: ${describeError(error)}`),
    },
    newestSeq,
  );
  return {
    folder,
    stored,
    feed,
    commands: createCommandQueue((commandId) => void deps.link.send({ type: 'done', commandId })),
    leaving: new AbortController(),
    preparing: new AbortController(),
    workspace: await readWorkspace(folder),
    report: await readReport(folder),
    failure: null,
    stoppedBecause: null,
    hasTimedOut: hasTimedOut(folder),
    hasExited,
    endBecause: null,
    connection: null,
  };
}

/** Only a run whose host was not launched ends by this alone; a host gets the command itself. */
function stopEarly(run: LiveRun, because: string): void {
  run.stoppedBecause ??= because;
  run.preparing.abort();
}

const PERFORM: Readonly<Record<Exclude<RunStep, 'settle'>, (deps: RunDeps, run: LiveRun) => Promise<void>>> =
  {
    prepare: prepareRun,
    launch: launchRun,
    follow: followRun,
    close: closeRun,
  };

async function live(deps: SuperviseDeps, run: LiveRun, reporter: Reporter): Promise<void> {
  const { signal } = run.leaving;
  for (let isOver = false; !isOver && !signal.aborted; ) {
    isOver = await takeStep(deps, run, reporter).catch(async (error: unknown) => {
      if (signal.aborted) return true;
      deps.log(`${run.folder.runId}: trying again after a failure: ${describeError(error)}`);
      await wait(STEP_RETRY_MS, undefined, { signal }).catch(() => undefined);
      return false;
    });
  }
}

/** True when that was the last one. */
async function takeStep(deps: SuperviseDeps, run: LiveRun, reporter: Reporter): Promise<boolean> {
  const { signal } = run.leaving;
  const step = nextStep(await readFacts(run));
  if (step === 'settle') {
    run.commands.close();
    if (await reporter.settle(signal)) {
      await settleAgentHome(deps.runnerHome, run.stored.order, run.folder);
      await forgetFolder(deps.runnerHome, run.folder);
    }
    return true;
  }
  if (step === 'prepare' || step === 'launch') {
    if (!(await hasConsent(run, reporter))) return false;
    // Never two agents in one workspace: the one before is dead and its work is kept before this one begins.
    await deps.untilAlone();
    if (signal.aborted) return true;
  }
  await PERFORM[step](deps, run);
  return false;
}

async function readFacts(run: LiveRun): Promise<RunFacts> {
  return {
    hasReport: run.report !== null,
    hasWorkspace: run.workspace !== null,
    host: await readHost(run.folder),
    failure: run.failure,
    stoppedBecause: run.stoppedBecause,
  };
}

async function readHost(folder: RunFolder): Promise<RunFacts['host']> {
  if ((await readIdentity(folder.path)) === null) return 'none';
  return (await isHostAlive(folder.path)) ? 'alive' : 'dead';
}

/** A run found on disk before its agent was started may be another runner's by now: the server is asked first. */
async function hasConsent(run: LiveRun, reporter: Reporter): Promise<boolean> {
  const isWanted = await reporter.untilWelcomed(run.leaving.signal);
  if (!isWanted && !run.leaving.signal.aborted) {
    stopEarly(
      run,
      'The runner was restarted before the agent started, and the server has given the run up since.',
    );
  }
  return isWanted;
}
