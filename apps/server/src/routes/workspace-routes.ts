import { ok } from '@quarterdeck/contract/result';
import {
  listWorkspaces,
  type Retention,
  removeWorkspace,
  type WorkspaceKeeper,
} from '@quarterdeck/core/runs';
import type { Handlers } from '../http/handlers.ts';
import type { RunnerGateway } from '../runner-gateway/runner-gateway.ts';
import type { UseCaseDeps } from '../use-case-deps.ts';

type WorkspaceRoutes = Pick<Handlers, 'workspace.list' | 'workspace.remove'>;

interface WorkspaceRouteDeps extends UseCaseDeps {
  readonly gateway: RunnerGateway;
  readonly keeper: WorkspaceKeeper;
  readonly retention: Retention;
}

/** Routes of the folders that hold the work of tasks. */
export function workspaceRoutes(deps: WorkspaceRouteDeps): WorkspaceRoutes {
  const { gateway, keeper } = deps;
  return {
    'workspace.list': () => listWorkspaces({ ...deps, keptBecause: keeper.keptBecause }),
    'workspace.remove': async ({ params }) => {
      const removed = await removeWorkspace({ ...deps, remove: gateway.query }, params.taskId);
      return removed.ok ? ok({ ok: true as const }) : removed;
    },
  };
}
