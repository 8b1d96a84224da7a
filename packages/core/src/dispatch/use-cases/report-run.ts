import type { CommandId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { publicRun, type RunRecord } from '../../runs/index.ts';
import { FINISH_DEADLINE_MS, FINISH_GRACE_MS } from '../domain/deadlines.ts';
import type { DispatchTransaction } from '../ports.ts';

interface ReportRun {
  readonly run: RunRecord;
  readonly outcome: Exclude<NonNullable<RunRecord['reportedOutcome']>, 'stopped'>;
  readonly text: string;
  readonly blockKind: string | null;
  readonly now: number;
}

/**
 * Takes an agent's report. The task moves when the process is gone and the work is kept, so that whoever builds on it finds it;
 * until then the run is `finishing`. The same report again is fine, another one is refused.
 */
export async function reportRun(ports: DispatchTransaction, input: ReportRun): Promise<Result<RunRecord>> {
  const { run, outcome, text, now } = input;
  if (run.reportedOutcome === outcome) return ok(run);
  if (run.reportedOutcome !== null)
    return refuse('run_reported', { runId: run.id, outcome: run.reportedOutcome });
  const reported: RunRecord = {
    ...run,
    status: 'finishing',
    reportedOutcome: outcome,
    reportedKind: input.blockKind,
    summary: text,
    activity: outcome === 'blocked' ? 'asks for help' : 'wraps up',
    deadlineAt: now + FINISH_DEADLINE_MS,
  };
  await ports.runs.save(reported);
  const commandId = ports.ids.next('c') as CommandId;
  const { id: runId, runnerId, taskId, projectId } = run;
  await ports.commands.enqueue(
    [{ commandId, runId, runnerId, command: { kind: 'finish', graceMs: FINISH_GRACE_MS } }],
    now,
  );
  await ports.events.append(
    [
      {
        kind: 'run.reported',
        actor: `run:${runId}`,
        taskId,
        projectId,
        runId,
        payload: { run: publicRun(reported), outcome, summary: text },
      },
    ],
    now,
  );
  return ok(reported);
}
