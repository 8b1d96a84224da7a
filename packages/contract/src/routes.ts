import type { z } from 'zod';
import { ATTACHMENT_ROUTES } from './routes/attachment-routes.ts';
import { BOARD_ROUTES } from './routes/board-routes.ts';
import { DIAGNOSTICS_ROUTES } from './routes/diagnostics-routes.ts';
import { IDENTITY_ROUTES } from './routes/identity-routes.ts';
import { PLANNING_ROUTES } from './routes/planning-routes.ts';
import { REVIEW_ROUTES } from './routes/review-routes.ts';
import type { Route } from './routes/route.ts';
import { RUNS_ROUTES } from './routes/runs-routes.ts';
import { SUPERVISION_ROUTES } from './routes/supervision-routes.ts';
import { VIEW_ROUTES } from './routes/view-routes.ts';
import { WORKSPACE_ROUTES } from './routes/workspace-routes.ts';

export type { Route };

/** Every REST route: the server refuses to start without a handler for each, and the client's types follow from here. */
export const ROUTES = {
  ...BOARD_ROUTES,
  ...REVIEW_ROUTES,
  ...PLANNING_ROUTES,
  ...RUNS_ROUTES,
  ...SUPERVISION_ROUTES,
  ...VIEW_ROUTES,
  ...DIAGNOSTICS_ROUTES,
  ...IDENTITY_ROUTES,
  ...ATTACHMENT_ROUTES,
  ...WORKSPACE_ROUTES,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
/** Routes whose body or reply is a file; all others speak JSON. */
export type FileRouteName = {
  [N in RouteName]: (typeof ROUTES)[N] extends { upload: unknown } | { isDownload: true } ? N : never;
}[RouteName];

type PathParams<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name | keyof PathParams<Rest>]: string }
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : Record<never, string>;
type Of<N extends RouteName, Part extends string, Fallback> = (typeof ROUTES)[N] extends {
  readonly [K in Part]: infer S extends z.ZodType;
}
  ? S
  : Fallback;

/** What a handler gets: parsed path parameters, query and body. */
export interface RouteInput<N extends RouteName> {
  readonly params: PathParams<(typeof ROUTES)[N]['path']>;
  readonly query: z.output<Of<N, 'query', z.ZodObject>>;
  readonly body: z.output<Of<N, 'body', z.ZodUndefined>>;
}
/** What a client sends. */
export type RouteCall<N extends RouteName> = {
  readonly params: PathParams<(typeof ROUTES)[N]['path']>;
  readonly query?: z.input<Of<N, 'query', z.ZodObject>>;
  readonly body: z.input<Of<N, 'body', z.ZodUndefined>>;
};
export type RouteReply<N extends RouteName> = z.output<(typeof ROUTES)[N]['reply']>;
