import type { BoardStats } from '@quarterdeck/contract/board';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { BoardDeps } from '../ports.ts';

/** Counts by status and by assignee, and how long the oldest ready task has waited, in whole seconds. */
export async function boardStats(deps: Pick<BoardDeps, 'db' | 'clock'>): Promise<Result<BoardStats>> {
  const now = deps.clock.now();
  const { oldestReadyAt, ...counts } = await deps.db.read((ports) => ports.tasks.stats());
  return ok({
    ...counts,
    oldestReadyAgeSeconds: oldestReadyAt === null ? null : Math.floor((now - oldestReadyAt) / 1000),
    now,
  });
}
