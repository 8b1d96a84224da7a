import type { DispatchReport } from '@quarterdeck/contract/board';
import { explainWaiting } from '../domain/explain-waiting.ts';
import type { DispatchDeps } from '../ports.ts';
import { chooseTasks, claimReadyTasks } from './claim-ready-tasks.ts';
import { readFacts } from './read-facts.ts';
import { sweepRuns } from './sweep-runs.ts';

/** Ready tasks, and tasks to be reviewed, that a pass explains at most. */
const EXPLAINED = 1000;

/** One dispatcher pass on a person's word: what it claims, or would claim, and why it leaves the rest. */
export async function runPass(
  deps: DispatchDeps,
  options: { readonly dryRun: boolean; readonly max: number },
): Promise<DispatchReport> {
  const { dryRun, max } = options;
  const reclaimed = dryRun ? [] : await sweepRuns(deps);
  const claimed = dryRun ? await previewClaims(deps, max) : await claimNow(deps, max);
  const taken = new Set(claimed.map((claim) => claim.taskId));
  const skipped = await deps.db.read(async (ports) => {
    const tasks = [...(await ports.tasks.ready(EXPLAINED)), ...(await ports.tasks.toReview(EXPLAINED))];
    const { facts } = await readFacts(ports, { now: deps.clock.now(), tasks });
    const waiting = tasks.filter((task) => !taken.has(task.id));
    return waiting.flatMap((task) =>
      explainWaiting(task, facts, [])
        .slice(0, 1)
        .map(({ code, message }) => ({ taskId: task.id, code, message })),
    );
  });
  return {
    dryRun,
    claimed,
    spawned: claimed.flatMap((claim) => claim.runId ?? []),
    reclaimed,
    promoted: [],
    skipped,
  };
}

async function claimNow(deps: DispatchDeps, max: number): Promise<DispatchReport['claimed']> {
  const result = await claimReadyTasks(deps, max);
  return result.ok
    ? result.value.map(({ task, run }) => ({ taskId: task.id, runId: run.id, profile: run.profile }))
    : [];
}

async function previewClaims(deps: DispatchDeps, max: number): Promise<DispatchReport['claimed']> {
  const chosen = await deps.db.read((ports) => chooseTasks(ports, { max, now: deps.clock.now() }));
  return chosen.map(({ task, agent }) => ({ taskId: task.id, runId: null, profile: agent.profile }));
}
