import { z } from 'zod';
import { Millis, ViewId } from './ids.ts';

/** A set of filters of the board under a name, shared by everyone who uses the server. */
export const SavedView = z.object({
  id: ViewId,
  name: z.string(),
  /** The board's query string, such as `assignee=opencode&label=api`. */
  query: z.string(),
  createdBy: z.string(),
  createdAt: Millis,
});
export type SavedView = z.infer<typeof SavedView>;

export const SavedViewInput = z.object({
  name: z.string().trim().min(1).max(80),
  query: z.string().max(2000),
});
export type SavedViewInput = z.infer<typeof SavedViewInput>;
