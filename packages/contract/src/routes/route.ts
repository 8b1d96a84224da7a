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
  /** Who else may use it beside people; the use case checks that it is about their own task. */
  readonly alsoFor?: readonly ('run' | 'runner')[];
  /** The body is a file's raw bytes of any media type, read as a stream and at most this long. */
  readonly upload?: { readonly limitBytes: number };
  /** The reply is a file, not JSON. */
  readonly isDownload?: true;
  /** Also served on the seed's mount `/api/plugins/kanban`, in the seed's spelling. */
  readonly seed?: true;
}

/** A file on its way in, in pieces. */
export type UploadBody = AsyncIterable<Uint8Array>;

/** A file on its way out. */
export interface FileReply {
  readonly name: string;
  readonly contentType: string;
  readonly isInline: boolean;
  /** Bytes. */
  readonly size: number;
  /** Names the content: the same tag is the same bytes. */
  readonly etag: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** The reply of what has nothing to tell but that it was done. */
export const doneReply = z.object({ ok: z.literal(true) });
export const taskReply = z.object({ task: TaskCard });
