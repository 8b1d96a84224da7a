import { dollarText } from '@quarterdeck/contract/budget-text';
import type { Task } from '@quarterdeck/contract/task';
import { type RunRecord, stopRun } from '../../runs/index.ts';
import type { DispatchTransaction } from '../ports.ts';

const STOPPABLE: readonly RunRecord['status'][] = ['claimed', 'starting', 'working'];

/**
 * Stops runs whose cost has just grown beyond what their tasks may cost. Runs that have reported may finish: their work is done and
 * paid for. One query when no task has a budget.
 */
export async function stopOverBudget(
  ports: DispatchTransaction,
  { runs, now }: { readonly runs: readonly RunRecord[]; readonly now: number },
): Promise<void> {
  const live = runs.filter((run) => STOPPABLE.includes(run.status));
  if (live.length === 0) return;
  const found = await ports.tasks.findMany(live.map((run) => run.taskId));
  const budgeted = new Map<string, Task>(
    found.filter((task) => task.budgetMicros !== null).map((task) => [task.id, task]),
  );
  const watched = live.filter((run) => budgeted.get(run.taskId)?.currentRunId === run.id);
  if (watched.length === 0) return;
  const earlier = await ports.costs.spentByTask(watched.map((run) => run.taskId));
  for (const run of watched) {
    const limit = budgeted.get(run.taskId)?.budgetMicros ?? 0;
    const spent = (earlier.get(run.taskId) ?? 0) + (run.usage.costMicros ?? 0);
    if (spent <= limit) continue;
    const because = `it used up the budget of its task: ${dollarText(spent)} of ${dollarText(limit)} spent`;
    const over: RunRecord = { ...run, failureHint: 'over_budget', error: because };
    await stopRun(ports, { run: over, because, actor: 'dispatcher', now, isFailure: true });
  }
}
