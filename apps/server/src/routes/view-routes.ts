import { actorName } from '@quarterdeck/contract/identity';
import { ok } from '@quarterdeck/contract/result';
import { deleteView, listViews, saveView, showGraph } from '@quarterdeck/core/board';
import type { Handlers } from '../http/handlers.ts';
import type { UseCaseDeps } from '../use-case-deps.ts';

type ViewRoutes = Pick<Handlers, 'task.graph' | 'view.list' | 'view.save' | 'view.delete'>;

/** Routes of saved views and the dependency graph. */
export function viewRoutes(deps: UseCaseDeps): ViewRoutes {
  return {
    'task.graph': ({ params, query }) => showGraph(deps, { ...params, ...query }),
    'view.list': () => listViews(deps),
    'view.save': async ({ body }, { principal }) => {
      const saved = await saveView(deps, { view: body, actor: actorName(principal) });
      return saved.ok ? ok({ view: saved.value }) : saved;
    },
    'view.delete': ({ params }) => deleteView(deps, params.viewId),
  };
}
