import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { BoardPage } from './features/board/board-page.tsx';
import { readBoardSearch } from './features/board/board-search.ts';
import { readGraphSearch } from './features/graph/choose-graph.ts';
import { AppShell } from './features/shell/app-shell.tsx';
import { NotFound } from './features/shell/not-found.tsx';
import { parseSearch, stringifySearch } from './search-text.ts';

const root = createRootRoute({ component: AppShell, notFoundComponent: NotFound });

const board = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readBoardSearch,
  component: BoardPage,
});

const task = createRoute({
  getParentRoute: () => root,
  path: '/tasks/$taskId',
  validateSearch: (raw: Record<string, unknown>): { tab?: string } =>
    typeof raw['tab'] === 'string' ? { tab: raw['tab'] } : {},
  component: lazyRouteComponent(() => import('./features/task/task-page.tsx'), 'TaskPage'),
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  validateSearch: (raw: Record<string, unknown>): { id?: string } =>
    typeof raw['id'] === 'string' ? { id: raw['id'] } : {},
  component: lazyRouteComponent(() => import('./features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
});

const attention = createRoute({
  getParentRoute: () => root,
  path: '/attention',
  component: lazyRouteComponent(() => import('./features/diagnostics/attention-page.tsx'), 'AttentionPage'),
});

const agents = createRoute({
  getParentRoute: () => root,
  path: '/agents',
  component: lazyRouteComponent(() => import('./features/agents/agents-page.tsx'), 'AgentsPage'),
});

const graph = createRoute({
  getParentRoute: () => root,
  path: '/graph',
  validateSearch: readGraphSearch,
  component: lazyRouteComponent(() => import('./features/graph/graph-page.tsx'), 'GraphPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/projects/settings-page.tsx'), 'SettingsPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { ticket?: string } =>
    raw['ticket'] === undefined ? {} : { ticket: String(raw['ticket']) },
  component: lazyRouteComponent(() => import('./features/identity/sign-in-page.tsx'), 'SignInPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([board, task, graph, approvals, attention, agents, settings, signIn]),
  defaultPreload: 'intent',
  parseSearch,
  stringifySearch,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
