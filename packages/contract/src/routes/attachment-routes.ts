import { z } from 'zod';
import { ATTACHMENT_LIMIT, Attachment } from '../attachment.ts';
import { doneReply, type FileReply, type Route, type UploadBody } from './route.ts';

/** Files of tasks. A run may use them for its own task; a runner may fetch those of tasks it works on. */
export const ATTACHMENT_ROUTES = {
  'attachment.add': {
    method: 'POST',
    path: '/tasks/:taskId/attachments',
    access: 'admin',
    alsoFor: ['run'],
    summary:
      'Attach a file: its raw bytes are the body. The same content under the same name is attached once',
    query: z.object({ name: z.string().max(1000).default('') }),
    upload: { limitBytes: ATTACHMENT_LIMIT },
    body: z.custom<UploadBody>(),
    reply: z.object({ attachment: Attachment }),
  },
  'attachment.get': {
    method: 'GET',
    path: '/attachments/:attachmentId',
    access: 'viewer',
    alsoFor: ['run', 'runner'],
    summary: 'The bytes of an attachment; `inline` shows pictures and plain text instead of saving them',
    query: z.object({ inline: z.stringbool().default(false) }),
    isDownload: true,
    reply: z.custom<FileReply>(),
  },
  'attachment.remove': {
    method: 'DELETE',
    path: '/attachments/:attachmentId',
    access: 'admin',
    alsoFor: ['run'],
    summary: 'Remove an attachment for good',
    reply: doneReply,
  },
} as const satisfies Record<string, Route>;
