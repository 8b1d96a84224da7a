import { z } from 'zod';
import { Diagnostic } from '../diagnostic.ts';
import type { Route } from './route.ts';

/** What is wrong on the board that statuses alone do not show. */
export const DIAGNOSTICS_ROUTES = {
  'diagnostic.list': {
    method: 'GET',
    path: '/diagnostics',
    access: 'viewer',
    summary: 'What is wrong on the board, or with one task, worst first',
    query: z.object({ task: z.string().optional() }),
    reply: z.object({ diagnostics: z.array(Diagnostic) }),
  },
} as const satisfies Record<string, Route>;
