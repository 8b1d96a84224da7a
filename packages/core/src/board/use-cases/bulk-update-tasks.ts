import type { BulkPatch, BulkResults } from '@quarterdeck/contract/board';
import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { TaskSeen } from '@quarterdeck/contract/seen';
import type { BoardDeps } from '../ports.ts';
import { updateTask } from './update-task.ts';

/** Applies one change to each task on its own: a refused one is reported and never stops the others. */
export async function bulkUpdateTasks(
  deps: BoardDeps,
  input: { readonly bulk: BulkPatch; readonly actor: string },
): Promise<Result<BulkResults>> {
  const { bulk, actor } = input;
  const ids = bulk.ids.filter((id) => id !== '');
  if (ids.length === 0) return refuse('ids_required');
  const patch = {
    assignee: bulk.assignee,
    priority: bulk.priority,
    addLabels: bulk.addLabels,
    removeLabels: bulk.removeLabels,
    status: bulk.archive ? 'archived' : bulk.status,
  };
  const results: BulkResults['results'] = [];
  for (const id of ids) {
    const change = { ...patch, seen: bulk.seen && seenOf(bulk.seen, id) };
    const done = await updateTask(deps, { taskId: id as TaskId, patch: change, actor });
    results.push(done.ok ? { id, ok: true } : { id, ok: false, error: done.refusal.message });
  }
  return ok({ results });
}

/** Of a task that is not among those seen nothing was seen, so nothing of it may be replaced. */
function seenOf(seen: NonNullable<BulkPatch['seen']>, id: string): TaskSeen {
  return Object.hasOwn(seen, id) ? (seen[id] ?? {}) : {};
}
