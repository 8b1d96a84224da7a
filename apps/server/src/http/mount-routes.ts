import { ROUTES, type Route, type RouteName } from '@quarterdeck/contract/routes';
import type { FastifyInstance } from 'fastify';
import type { Dialect } from './dialect.ts';
import { acceptFiles } from './file-bodies.ts';
import { admit, carryOut, type FunnelDeps } from './funnel.ts';

/** Mounts routes of the contract below the scope's prefix, each through the one funnel. */
export function mountRoutes(
  scope: FastifyInstance,
  deps: FunnelDeps,
  { names, dialect }: { readonly names: readonly RouteName[]; readonly dialect: Dialect },
): void {
  const isUpload = (name: RouteName) => (ROUTES[name] as Route).upload !== undefined;
  mountEach(scope, deps, { names: names.filter((name) => !isUpload(name)), dialect });
  scope.register(async (files) => {
    acceptFiles(files);
    mountEach(files, deps, { names: names.filter(isUpload), dialect });
  });
}

function mountEach(
  scope: FastifyInstance,
  deps: FunnelDeps,
  { names, dialect }: { readonly names: readonly RouteName[]; readonly dialect: Dialect },
): void {
  for (const name of names) {
    const { method, path, upload }: Route = ROUTES[name];
    const mounted = { name, dialect };
    scope.route({
      method,
      url: path,
      ...(upload ? { bodyLimit: upload.limitBytes } : {}),
      onRequest: async (request, reply) => {
        await admit(deps, mounted, { request, reply });
        // Fastify stops at a hook that has sent a reply and then returns it.
        return reply.sent ? reply : undefined;
      },
      handler: (request, reply) => carryOut(deps, mounted, { request, reply }),
    });
  }
}

/** The names of all routes, in the contract's order. */
export const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];
