// All runs of this runner by id, and the way of each server frame to its run.
import { basename } from 'node:path';
import { type RunId, TaskId } from '@quarterdeck/contract/ids';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import type { ServerFrame, Welcome } from '../link/frames.ts';
import { describeError } from '../write-log.ts';
import { findStoredRuns } from './adopt-runs.ts';
import { forgetHomesOf } from './agent-homes.ts';
import { type Clean, cleanWorkspace } from './clean-workspace.ts';
import { wasForgotten } from './forget-folder.ts';
import { createHomeKeeper, type HomeKeeper } from './home-keeper.ts';
import type { RunDeps } from './live-run.ts';
import type { StoredOrder } from './run-folder.ts';
import { type RunFolder, runFolder, storeOrder } from './run-folder.ts';
import type { SupervisedRun } from './supervise-run.ts';
import { superviseRun } from './supervise-run.ts';

type CommandFrame = Extract<ServerFrame, { type: 'command' }>;
/** Frames that concern runs. */
export type RunFrame = Exclude<ServerFrame, { type: 'query' }>;

export interface RunRegistry {
  /** Runs whose host lives or whose report was not yet acknowledged. */
  readonly runIds: () => RunId[];
  /** Whether a run works in this folder, or is going to. */
  readonly isInUse: (workspacePath: string) => boolean;
  /** Takes up the runs found on disk. */
  readonly adopt: () => Promise<void>;
  readonly onWelcome: (welcome: Welcome) => void;
  readonly onFrame: (frame: RunFrame) => void;
  readonly onDrain: () => void;
  readonly onDown: () => void;
  readonly leave: () => Promise<void>;
}

interface RegistryState {
  readonly runs: Map<RunId, SupervisedRun>;
  readonly homes: HomeKeeper;
  isUp: boolean;
  leaseMs: number;
}

/** A registry without runs. What the server says is worked off in the order it came. */
export function createRunRegistry(deps: RunDeps): RunRegistry {
  const runs: RegistryState['runs'] = new Map();
  const homes = createHomeKeeper(deps, (taskId) => [...runs.values()].some((run) => run.taskId === taskId));
  const state: RegistryState = { runs, homes, isUp: false, leaseMs: 0 };
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void> | void): void => {
    turn = turn.then(work).catch((error: unknown) => deps.log(describeError(error)));
  };
  return {
    runIds: () => [...state.runs.keys()],
    isInUse: (path) => isInUse(state, path),
    adopt: async () => {
      const found = await findStoredRuns(deps);
      await Promise.all(found.map(({ folder, stored }) => supervise(deps, state, { folder, stored })));
    },
    onWelcome: (welcome) =>
      inTurn(async () => {
        state.isUp = true;
        state.leaseMs = welcome.leaseMs;
        const live = new Map(welcome.runs.map(({ runId, journalSeq }) => [runId, journalSeq]));
        for (const run of state.runs.values()) run.welcome(live.get(run.runId) ?? null);
        await homes.ask();
      }),
    onFrame: (frame) => inTurn(() => route(deps, state, frame)),
    onDrain: () => {
      for (const run of state.runs.values()) run.onDrain();
    },
    onDown: () =>
      inTurn(() => {
        state.isUp = false;
        for (const run of state.runs.values()) run.onDown();
      }),
    leave: async () => {
      await turn;
      await Promise.all([...state.runs.values()].map((run) => run.leave()));
    },
  };
}

async function route(deps: RunDeps, state: RegistryState, frame: RunFrame): Promise<void> {
  if (frame.type === 'beat') {
    for (const run of state.runs.values()) run.renewLease();
    return;
  }
  if (frame.type === 'homes') return state.homes.onAnswer(frame.resting);
  const run = state.runs.get(frame.runId);
  if (frame.type === 'ack') run?.acknowledge(frame.journalSeq);
  else if (frame.type === 'forget') run?.forget();
  else if (frame.command.kind === 'start') await start(deps, state, { ...frame, order: frame.command.order });
  else if (frame.command.kind === 'clean') clean(deps, state, { ...frame, command: frame.command });
  else if (run) run.take(frame.commandId, frame.command);
  // The run is over and forgotten: there is nobody to hand the command to.
  else deps.link.send({ type: 'done', commandId: frame.commandId });
}

/** A removal can come late: by then the task may be worked on again, in the same folder. */
function clean(
  deps: RunDeps,
  state: RegistryState,
  { commandId, command }: Pick<CommandFrame, 'commandId'> & { readonly command: Clean },
): void {
  if (!isInUse(state, command.workspace.path)) {
    void cleanWorkspace(deps, commandId, command);
    // The folder of a task bears its id. What agents had said in their sessions is of no use any more.
    const taskId = TaskId.safeParse(basename(command.workspace.path)).data;
    if (taskId) void forgetHomesOf(deps.runnerHome, taskId).catch((error) => deps.log(describeError(error)));
  } else deps.link.send({ type: 'done', commandId, kept: 'a run is at work in it' });
}

/** The folder of a task bears its id. */
function isInUse({ runs }: RegistryState, path: string): boolean {
  return [...runs.values()].some((run) => run.isAtWork() && basename(path) === run.taskId);
}

async function start(
  deps: RunDeps,
  state: RegistryState,
  { commandId, runId, order }: Pick<CommandFrame, 'commandId' | 'runId'> & { readonly order: RunOrder },
): Promise<void> {
  if (!state.runs.has(runId) && !wasForgotten(deps.runnerHome, runId)) {
    // A task has one live run at most: with this order the server says that every other run of the task is over.
    for (const other of othersOf(state, order)) other.forget();
    const folder = runFolder(deps.runnerHome, runId);
    const stored = { order, leaseMs: state.leaseMs };
    await storeOrder(folder, stored);
    const run = await supervise(deps, state, { folder, stored });
    if (state.isUp) run.welcome(0);
  }
  deps.link.send({ type: 'done', commandId });
}

async function supervise(
  deps: RunDeps,
  state: RegistryState,
  { folder, stored }: { readonly folder: RunFolder; readonly stored: StoredOrder },
): Promise<SupervisedRun> {
  const untilAlone = () => Promise.all(othersOf(state, stored.order).map((other) => other.isOver));
  const run = await superviseRun({ ...deps, untilAlone }, folder, stored);
  state.runs.set(run.runId, run);
  void run.isOver.then(async () => {
    state.runs.delete(run.runId);
    if (state.isUp) await state.homes.ask();
  });
  return run;
}

/** The other runs of the same task in this runner's hands. */
function othersOf(
  state: RegistryState,
  { runId, taskId }: Pick<RunOrder, 'runId' | 'taskId'>,
): readonly SupervisedRun[] {
  return [...state.runs.values()].filter((run) => run.taskId === taskId && run.runId !== runId);
}
