import type { Task } from '@quarterdeck/contract/task';
import { moveTask } from '../../board/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { roundsUsedUp } from '../domain/review-rounds.ts';
import { unkeptReason } from '../domain/unkept-text.ts';
import type { DispatchTransaction } from '../ports.ts';

interface HandIn {
  readonly task: Task;
  /** Ended, and its agent says that the work is done. */
  readonly run: RunRecord;
  readonly actor: string;
  readonly byPerson: boolean;
  readonly now: number;
}

/**
 * Moves a task where the agent that finished it wanted it: done, or to its review. Work that is not whole in a commit gets no
 * further than blocked, so that nobody builds on what is missing; `keep-again` comes back here.
 */
export async function handIn(ports: DispatchTransaction, { task, run, ...by }: HandIn): Promise<void> {
  const fresh = { failureCount: 0, lastFailure: null, retryAt: null, verdict: null, result: run.summary };
  if (run.unkept !== null) {
    const unkept = { blockReason: unkeptReason(run, task.id), blockKind: 'unkept' as const };
    await moveTask(ports, { ...by, task, verb: 'block', changes: { ...fresh, ...unkept } });
    return;
  }
  // Who has a reviewer does not pass by without a review.
  const verb = run.outcome === 'completed' && task.reviewer === null ? 'complete' : 'requestReview';
  const stop = task.reviewer === null ? null : roundsUsedUp(await ports.runs.ofTask(task.id));
  const held = stop === null ? {} : { isHeld: true, blockReason: stop };
  await moveTask(ports, { ...by, task, verb, changes: { ...fresh, ...held } });
}
