import type { CommandId, RunId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { type RunRecord, stopRun } from '../../runs/index.ts';
import type { DispatchDeps } from '../ports.ts';

interface OnRun {
  readonly runId: string;
  readonly actor: string;
}

/** Stops a run on a person's word. When its agent is dead the task goes back to todo and is held there. */
export async function stopTaskRun(
  deps: DispatchDeps,
  input: OnRun & { readonly reason: string | null },
): Promise<Result<RunRecord>> {
  const { runId, actor } = input;
  return deps.db.write(async (ports) => {
    const run = await ports.runs.find(runId as RunId);
    if (run === null) return refuse('run_not_found', { runId });
    if (run.status === 'ended') return refuse('run_not_live', { runId });
    const because = input.reason || `stopped by ${actor}`;
    await stopRun({ ...ports, ids: deps.ids }, { run, because, actor, now: deps.clock.now() });
    return ok((await ports.runs.find(run.id)) ?? run);
  });
}

/** Ends the agent's turn; the run goes on and waits for what a person says next. */
export async function interruptRun(deps: DispatchDeps, input: OnRun): Promise<Result<{ ok: true }>> {
  const { runId, actor } = input;
  return deps.db.write(async (ports) => {
    const run = await ports.runs.find(runId as RunId);
    if (run === null) return refuse('run_not_found', { runId });
    if (run.status !== 'working') return refuse('run_not_live', { runId });
    const now = deps.clock.now();
    const commandId = deps.ids.next('c') as CommandId;
    await ports.commands.enqueue(
      [{ commandId, runId: run.id, runnerId: run.runnerId, command: { kind: 'interrupt' } }],
      now,
    );
    const subject = { actor, taskId: run.taskId, projectId: run.projectId, runId: run.id };
    await ports.events.append(
      [{ ...subject, kind: 'run.noted', payload: { runId: run.id, note: `interrupted by ${actor}` } }],
      now,
    );
    return ok({ ok: true as const });
  });
}
