import { z } from 'zod';
import { TaskGraph } from '../graph.ts';
import { SavedView, SavedViewInput } from '../saved-view.ts';
import { doneReply, type Route } from './route.ts';

/** Ways to look at the board: saved filters, and the graph of who waits for whom. */
export const VIEW_ROUTES = {
  'task.graph': {
    method: 'GET',
    path: '/tasks/:taskId/graph',
    access: 'viewer',
    summary: 'All a task waits for and all that wait for it',
    query: z.object({ limit: z.coerce.number().int().min(1).max(2000).default(500) }),
    reply: TaskGraph,
  },
  'view.list': {
    method: 'GET',
    path: '/views',
    access: 'viewer',
    summary: 'Saved filters of the board',
    reply: z.object({ views: z.array(SavedView) }),
  },
  'view.save': {
    method: 'POST',
    path: '/views',
    access: 'admin',
    summary: 'Save filters under a name that is free',
    body: SavedViewInput,
    reply: z.object({ view: SavedView }),
  },
  'view.delete': {
    method: 'DELETE',
    path: '/views/:viewId',
    access: 'admin',
    summary: 'Forget saved filters',
    reply: doneReply,
  },
} as const satisfies Record<string, Route>;
