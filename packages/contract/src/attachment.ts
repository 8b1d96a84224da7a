import { z } from 'zod';
import { AttachmentId, Millis, RunId, TaskId } from './ids.ts';

/** Largest attachment, bytes (25 MiB). */
export const ATTACHMENT_LIMIT = 25 * 1024 * 1024;

/** A file on a task. */
export const Attachment = z.object({
  id: AttachmentId,
  taskId: TaskId,
  /** Sanitised: no folders, no control characters, at most 200 characters, unique on its task. */
  name: z.string(),
  mediaType: z.string(),
  /** Bytes. */
  size: z.number().int(),
  /** SHA-256 of the content, hexadecimal. */
  sha256: z.string(),
  createdBy: z.string(),
  /** The run that attached it; null when a person did. */
  runId: RunId.nullable(),
  createdAt: Millis,
});
export type Attachment = z.infer<typeof Attachment>;
