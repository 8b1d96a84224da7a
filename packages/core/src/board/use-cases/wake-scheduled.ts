import { ok } from '@quarterdeck/contract/result';
import type { BoardDeps } from '../ports.ts';
import { settleReadiness } from './settle-readiness.ts';

/** Moves scheduled tasks whose time has come on to ready, or to todo when a parent is still open. */
export async function wakeScheduled(deps: Pick<BoardDeps, 'db' | 'clock'>): Promise<void> {
  await deps.db.write(async (ports) => {
    const now = deps.clock.now();
    for (const task of await ports.tasks.dueScheduled(now))
      await settleReadiness(ports, task, { actor: 'clock', now });
    return ok(null);
  });
}
