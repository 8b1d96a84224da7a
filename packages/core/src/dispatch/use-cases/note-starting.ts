import { ok } from '@quarterdeck/contract/result';
import type { FromRunner } from '@quarterdeck/contract/runner-protocol';
import { publicRun } from '../../runs/index.ts';
import { PREPARE_DEADLINE_MS } from '../domain/deadlines.ts';
import type { DispatchDeps } from '../ports.ts';

/** Records that a runner has prepared the workspace of a claimed run and is starting its agent there. */
export async function noteStarting(
  deps: DispatchDeps,
  input: Pick<Extract<FromRunner, { type: 'starting' }>, 'runId' | 'workspacePath' | 'branch' | 'base'>,
): Promise<void> {
  const { runId, workspacePath, branch, base } = input;
  await deps.db.write(async (ports) => {
    const run = await ports.runs.find(runId);
    if (run === null || (run.status !== 'claimed' && run.status !== 'stopping')) return ok(null);
    const now = deps.clock.now();
    const isClaimed = run.status === 'claimed';
    const starting = {
      ...run,
      workspacePath,
      branch,
      baseCommit: (run.purpose === 'work' ? base : null) ?? run.baseCommit,
      ...(isClaimed ? { status: 'starting' as const, deadlineAt: now + PREPARE_DEADLINE_MS } : {}),
    };
    await ports.runs.save(starting);
    const task = await ports.tasks.find(run.taskId);
    if (task && branch !== null && task.branch !== branch) await ports.tasks.save({ ...task, branch });
    const { taskId, projectId } = run;
    const subject = { actor: 'dispatcher', taskId, projectId, runId };
    await ports.events.append(
      [{ ...subject, kind: 'run.starting', payload: { run: publicRun(starting) } }],
      now,
    );
    return ok(null);
  });
}
