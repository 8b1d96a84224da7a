import type { RunOutcome } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import type { RunRecord } from '../../runs/index.ts';
import { judgeFailure, type Verdict } from '../domain/failure-classes.ts';
import type { DispatchTransaction } from '../ports.ts';
import { blameProfile } from './blame-profile.ts';

interface FailedRun {
  /** As it stands while the run still owns it. */
  readonly task: Task;
  /** Already saved as ended. */
  readonly run: RunRecord;
  readonly outcome: RunOutcome;
  readonly now: number;
}

/** What becomes of a task whose run failed. What is its profile's fault is not counted against it. */
export async function judgeRun(ports: DispatchTransaction, failed: FailedRun): Promise<Verdict> {
  const { task, run, outcome, now } = failed;
  const { failureCount } = task;
  const blamed = await blameProfile(ports, { run, now });
  if (blamed)
    return { next: 'retry', failureCount: Math.max(0, failureCount - blamed.counted), retryAt: null };
  return judgeFailure(outcome, { failureCount, now, limitResetAt: run.limitResetAt });
}
