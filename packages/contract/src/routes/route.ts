import { z } from 'zod';
import type { Role } from '../status.ts';
import { TaskCard } from '../task.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api`; `:name` is a path parameter. */
  readonly path: string;
  /** The least role of a person; `open` needs nobody. */
  readonly access: Role | 'open';
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
  /** Also served on the seed's mount `/api/plugins/kanban`, in the seed's spelling. */
  readonly seed?: true;
}

/** The reply of what has nothing to tell but that it was done. */
export const doneReply = z.object({ ok: z.literal(true) });
export const taskReply = z.object({ task: TaskCard });
