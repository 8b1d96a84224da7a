import type { WaitingReason } from '@quarterdeck/contract/waiting';
import type { LiveBus } from '../events/index.ts';
import { explainWaiting } from './domain/explain-waiting.ts';
import type { DispatchDeps } from './ports.ts';
import { readFacts } from './use-cases/read-facts.ts';

/** Cards whose waiting reason is kept fresh while they are shown; the rest get theirs with the next snapshot. */
const EXPLAINED = 200;

/** Tells viewers when the reason why a ready task is not running has changed. */
export function createWaitingBoard(deps: Pick<DispatchDeps, 'db' | 'clock'> & { readonly live: LiveBus }) {
  const shown = new Map<string, string>();

  function publishChanges(reasons: ReadonlyMap<string, WaitingReason | null>): void {
    for (const [taskId, waiting] of reasons) {
      const text = waiting?.message ?? '';
      if (shown.get(taskId) === text) continue;
      shown.set(taskId, text);
      deps.live.publish({ type: 'waiting', taskId, waiting });
    }
    for (const taskId of shown.keys()) if (!reasons.has(taskId)) shown.delete(taskId);
  }

  return async function showWaiting(): Promise<void> {
    const reasons = await deps.db.read(async (ports) => {
      const tasks = [...(await ports.tasks.ready(EXPLAINED)), ...(await ports.tasks.toReview(EXPLAINED))];
      const { facts } = await readFacts(ports, { now: deps.clock.now(), tasks });
      return new Map(tasks.map((task) => [task.id as string, explainWaiting(task, facts, [])[0] ?? null]));
    });
    publishChanges(reasons);
  };
}
