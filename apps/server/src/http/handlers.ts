import type { Principal } from '@quarterdeck/contract/identity';
import type { Result } from '@quarterdeck/contract/result';
import type { RouteInput, RouteName, RouteReply } from '@quarterdeck/contract/routes';

/** What every handler knows of the request beside its input. */
export interface RequestContext {
  readonly principal: Principal;
  readonly requestId: string;
  /** The secret of the session cookie it came with. */
  readonly sessionSecret: string | null;
  /** Written as who created a task, where a mount's clients know one name only; the log still says who asked. */
  readonly createdBy?: string;
  /** What the cookie sets or clears; only sign-in and sign-out use it. */
  setSession(secret: string | null, expiresAt: number | null): void;
}

export type Handler<N extends RouteName> = (
  input: RouteInput<N>,
  context: RequestContext,
) => Promise<Result<RouteReply<N>>>;

/** One handler for every route of the contract; a missing one does not compile. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };
