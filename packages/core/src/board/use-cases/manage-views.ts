import type { ViewId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { SavedView, SavedViewInput } from '@quarterdeck/contract/saved-view';
import type { BoardDeps } from '../ports.ts';

/** Saves filters of the board for everyone, under a name that nobody has used yet. */
export async function saveView(
  deps: BoardDeps,
  { view, actor }: { readonly view: SavedViewInput; readonly actor: string },
): Promise<Result<SavedView>> {
  return deps.db.write<SavedView>(async (ports) => {
    const id = deps.ids.next('v') as ViewId;
    const saved: SavedView = { id, ...view, createdBy: actor, createdAt: deps.clock.now() };
    return (await ports.views.insert(saved)) ? ok(saved) : refuse('view_exists', { name: view.name });
  });
}

export async function listViews(deps: Pick<BoardDeps, 'db'>): Promise<Result<{ views: SavedView[] }>> {
  return ok({ views: await deps.db.read((ports) => ports.views.list()) });
}

export async function deleteView(deps: Pick<BoardDeps, 'db'>, viewId: string): Promise<Result<{ ok: true }>> {
  return deps.db.write<{ ok: true }>(async (ports) =>
    (await ports.views.remove(viewId)) ? ok({ ok: true }) : refuse('view_not_found', { viewId }),
  );
}
