import type { RunId, RunnerId } from '@quarterdeck/contract/ids';
import type { GatewayDeps } from './gateway-deps.ts';
import type { RunnerLink } from './runner-link.ts';

interface LinkedIntake extends Pick<GatewayDeps, 'db'> {
  readonly link: RunnerLink;
  readonly runnerId: RunnerId;
}

/**
 * Whether a run is this runner's. What a runner still has of another's run can go: the server never gave it this run, or no longer
 * knows it, and says so.
 */
export async function isOwnRun(intake: LinkedIntake, runId: RunId): Promise<boolean> {
  const { link, runnerId } = intake;
  if (link.ownRuns.has(runId)) return true;
  const run = await intake.db.read((ports) => ports.runs.find(runId));
  if (run?.runnerId === runnerId) link.ownRuns.add(runId);
  else link.send({ type: 'forget', runId });
  return run?.runnerId === runnerId;
}
