import type { RunnerId } from '@quarterdeck/contract/ids';
import type { DetectedAgent } from '@quarterdeck/contract/profile';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { RunRecord } from '../../runs/index.ts';
import type { FleetDeps } from '../ports.ts';

interface ConnectRunner {
  readonly runnerId: RunnerId;
  readonly name: string;
  readonly capacity: number;
  readonly agents: readonly DetectedAgent[];
}

/** Records that a runner has connected with what it can run, and returns the runs the server thinks it has. */
export async function connectRunner(deps: FleetDeps, input: ConnectRunner): Promise<Result<RunRecord[]>> {
  const { runnerId, name, capacity, agents } = input;
  return deps.db.write(async (ports) => {
    const now = deps.clock.now();
    const here = { isConnected: true, lastSeenAt: now, memory: null };
    await ports.runners.save({ id: runnerId, name, capacity, agents, ...here });
    await ports.events.append(
      [
        {
          kind: 'runner.connected',
          actor: `runner:${name}`,
          taskId: null,
          projectId: null,
          runId: null,
          payload: { runnerId, name },
        },
      ],
      now,
    );
    return ok(await ports.runs.liveOfRunner(runnerId));
  });
}

/** Records a new detection of agents on a connected runner. */
export async function recordAgents(
  deps: FleetDeps,
  input: { readonly runnerId: RunnerId; readonly agents: readonly DetectedAgent[] },
): Promise<void> {
  await deps.db.write(async (ports) => {
    const runner = await ports.runners.find(input.runnerId);
    if (runner) await ports.runners.save({ ...runner, agents: input.agents, lastSeenAt: deps.clock.now() });
    return ok(null);
  });
}

/** Records that a runner is gone for now. Its runs keep their leases: their agents go on working. */
export async function disconnectRunner(deps: FleetDeps, runnerId: RunnerId): Promise<void> {
  await deps.db.write(async (ports) => {
    const runner = await ports.runners.find(runnerId);
    if (!runner?.isConnected) return ok(null);
    const now = deps.clock.now();
    await ports.runners.save({ ...runner, isConnected: false, lastSeenAt: now });
    const { name } = runner;
    await ports.events.append(
      [
        {
          kind: 'runner.disconnected',
          actor: `runner:${name}`,
          taskId: null,
          projectId: null,
          runId: null,
          payload: { runnerId, name },
        },
      ],
      now,
    );
    return ok(null);
  });
}

/** After a start of the server nobody is connected yet, whatever the rows say. */
export async function forgetConnections(deps: FleetDeps): Promise<void> {
  await deps.db.write(async (ports) => {
    for (const runner of await ports.runners.list()) {
      if (runner.isConnected) await ports.runners.save({ ...runner, isConnected: false });
    }
    return ok(null);
  });
}
