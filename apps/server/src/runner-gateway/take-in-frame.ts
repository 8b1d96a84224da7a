import type { RunId, RunnerId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import { type FromRunner, NOTHING_KEPT } from '@quarterdeck/contract/runner-protocol';
import {
  HOST_LEASE_MS,
  noteStarting,
  noteTakenUp,
  RUNNER_BEAT_MS,
  renewLeases,
  settleRun,
} from '@quarterdeck/core/dispatch';
import { connectRunner, noteMemory, recordAgents } from '@quarterdeck/core/fleet';
import { findRestingTasks, type RunRecord } from '@quarterdeck/core/runs';
import type { GatewayDeps } from './gateway-deps.ts';
import { isOwnRun } from './own-runs.ts';
import type { RunnerLink } from './runner-link.ts';

export interface Intake extends GatewayDeps {
  readonly link: RunnerLink;
  readonly runnerId: RunnerId;
  readonly register: () => void;
  readonly flush: () => Promise<void>;
}
export type Frame<T extends FromRunner['type']> = Extract<FromRunner, { type: T }>;
type Take = { readonly [T in OtherFrame['type']]: (intake: Intake, frame: Frame<T>) => Promise<void> };

/** Lines of journals come many at a time and are taken in together. */
export type OtherFrame = Exclude<FromRunner, { type: 'lines' }>;

/** Carries out one frame of a runner. A frame about a run of another runner is ignored. */
export async function takeInFrame(intake: Intake, frame: OtherFrame): Promise<void> {
  if ('runId' in frame && !(await isOwnRun(intake, frame.runId))) return;
  await (take[frame.type] as (intake: Intake, frame: OtherFrame) => Promise<void>)(intake, frame);
}

const take: Take = {
  async hello(intake, frame) {
    const { runnerId, link } = intake;
    intake.register();
    const connected = await connectRunner(intake, {
      runnerId,
      name: frame.name,
      capacity: frame.capacity,
      agents: frame.agents,
    });
    if (!connected.ok) return;
    await settleForgotten(intake, { known: connected.value, named: frame.runs });
    const runs = connected.value.map((run) => ({ runId: run.id, journalSeq: run.journalSeq }));
    link.send({ type: 'welcome', runnerId, heartbeatMs: RUNNER_BEAT_MS, leaseMs: HOST_LEASE_MS, runs });
    link.isWelcomed = true;
    const live = new Set<RunId>(connected.value.map((run) => run.id));
    for (const runId of frame.runs) if (!live.has(runId)) link.send({ type: 'forget', runId });
    await renewLeases(intake, { runnerId, runIds: frame.runs });
    await intake.flush();
    intake.live.publish({ type: 'fleet' });
  },
  async agents(intake, frame) {
    await recordAgents(intake, { runnerId: intake.runnerId, agents: frame.agents });
    intake.live.publish({ type: 'fleet' });
    intake.dispatcher.poke();
  },
  async beat(intake, frame) {
    const { runnerId, link } = intake;
    await renewLeases(intake, { runnerId, runIds: frame.runs });
    link.send({ type: 'beat', at: intake.clock.now() });
    await takeInMemory(intake, frame);
    // A machine that slept comes back with agents whose lease is over, and its link may have survived: without this word they
    // would work on beside the next.
    const live = await intake.db.read((ports) => ports.runs.liveOfRunner(runnerId));
    const wanted = new Set(live.map((run) => run.id));
    for (const runId of frame.runs) if (!wanted.has(runId)) link.send({ type: 'forget', runId });
  },
  async homes(intake, frame) {
    intake.link.send({ type: 'homes', resting: await findRestingTasks(intake, frame.tasks) });
  },
  async starting(intake, frame) {
    await noteStarting(intake, frame);
  },
  async delta(intake, frame) {
    intake.live.publish({ type: 'delta', delta: frame.delta });
  },
  async report(intake, frame) {
    const settled = await settleRun(intake, { runId: frame.runId, report: frame.report });
    if (settled.ok) intake.link.send({ type: 'forget', runId: frame.runId });
  },
  async done(intake, frame) {
    const pending = await intake.db.read((ports) => ports.commands.pendingFor(intake.runnerId));
    const command = pending.find((it) => it.commandId === frame.commandId);
    if (command?.command.kind === 'start') await noteTakenUp(intake, command.runId);
    if (command?.command.kind === 'clean') await intake.keeper.noteCleaned(command.runId, frame.kept ?? null);
    await intake.db.write(async (ports) => {
      await ports.commands.markDone(frame.commandId);
      return ok(null);
    });
  },
  async reply(intake, frame) {
    intake.link.answer(frame);
  },
};

/** Keeps what the machine's memory is like now and then; runs that waited for memory may start, or must wait from now on. */
async function takeInMemory(intake: Intake, { memory }: Frame<'beat'>): Promise<void> {
  const { runnerId, link } = intake;
  const last = link.memory;
  link.memory = await noteMemory(intake, { runnerId, memory, last });
  if (link.memory === null || link.memory === last) return;
  const hasChanged = link.memory.level !== last?.level;
  if (hasChanged) intake.live.publish({ type: 'fleet' });
  if (hasChanged || link.memory.level === 'elevated') intake.dispatcher.poke();
}

/**
 * A runner that comes back without a run it had taken up has lost it: its folder is gone, and with it the agent. A run whose
 * order is still on its way is not lost.
 */
async function settleForgotten(
  intake: Intake,
  runs: { readonly known: readonly Pick<RunRecord, 'id' | 'branch'>[]; readonly named: readonly RunId[] },
): Promise<void> {
  const pending = await intake.db.read((ports) => ports.commands.pendingFor(intake.runnerId));
  const ordered = new Set(pending.filter((it) => it.command.kind === 'start').map((it) => it.runId));
  for (const { id: runId, branch } of runs.known) {
    if (runs.named.includes(runId) || ordered.has(runId)) continue;
    const failure = { kind: 'host_died' as const, message: 'the runner came back without this run' };
    await settleRun(intake, {
      runId,
      report: {
        failure,
        workspacePath: null,
        branch: null,
        diskBytes: null,
        ...NOTHING_KEPT,
        keepFailure:
          branch === null
            ? null
            : 'Its runner came back without this run, so nobody knows whether the work was committed.',
      },
    });
  }
}
