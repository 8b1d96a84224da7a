import type { Handlers } from '../http/handlers.ts';
import { markWrites } from '../http/keyed-write.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { boardRoutes } from './board-routes.ts';
import { diagnosticsRoutes } from './diagnostics-routes.ts';
import { houseRoutes } from './house-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { runRoutes } from './run-routes.ts';
import { viewRoutes } from './view-routes.ts';
import { workspaceRoutes } from './workspace-routes.ts';

type Needed<Routes extends (deps: never) => unknown> = Parameters<Routes>[0];
type RouteDeps = Needed<typeof boardRoutes> &
  Needed<typeof runRoutes> &
  Needed<typeof houseRoutes> &
  Needed<typeof attachmentRoutes> &
  Needed<typeof workspaceRoutes>;

/** A handler for every route of the contract. */
export function allRoutes(deps: RouteDeps): Handlers {
  const keyed = { ...deps, db: markWrites(deps.db, deps.clock) };
  return {
    ...boardRoutes(keyed),
    ...diagnosticsRoutes(deps.diagnosis),
    ...runRoutes(keyed),
    ...reviewRoutes(deps),
    ...viewRoutes(deps),
    ...houseRoutes(deps),
    ...attachmentRoutes(deps),
    ...workspaceRoutes(deps),
  };
}
