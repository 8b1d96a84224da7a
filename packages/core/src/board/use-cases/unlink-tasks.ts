import type { TaskId } from '@quarterdeck/contract/ids';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { BoardDeps } from '../ports.ts';
import { settleReadiness } from './settle-readiness.ts';

/** Stops the child waiting for the parent; a child with nothing else to wait for becomes ready. `ok` is false when there was no link. */
export async function unlinkTasks(
  deps: BoardDeps,
  input: { readonly parentId: string; readonly childId: string; readonly actor: string },
): Promise<Result<{ ok: boolean }>> {
  return deps.db.write<{ ok: boolean }>(async (ports) => {
    const now = deps.clock.now();
    const link = { parentId: input.parentId as TaskId, childId: input.childId as TaskId };
    if (!(await ports.links.remove(link))) return ok({ ok: false });
    const child = await ports.tasks.find(link.childId);
    if (child === null) return ok({ ok: true });
    const { actor } = input;
    await ports.events.append(
      [
        {
          kind: 'task.unlinked',
          actor,
          taskId: child.id,
          projectId: child.projectId,
          runId: null,
          payload: link,
        },
      ],
      now,
    );
    await settleReadiness(ports, child, { actor, now });
    return ok({ ok: true });
  });
}
