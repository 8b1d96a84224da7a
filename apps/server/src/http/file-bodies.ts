import { Readable } from 'node:stream';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { FileReply, UploadBody } from '@quarterdeck/contract/routes/route';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const MIB = 1024 * 1024;

/** Nothing in a file may run or load anything, should a browser be talked into showing it as a page. */
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Makes the routes of a scope take bodies of any media type as they come in. */
export function acceptFiles(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** The body of an upload, unread. One that is announced as too large is refused before it is read. */
export function uploadOf(request: FastifyRequest, limitBytes: number): Result<UploadBody> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes)
    return refuse('body_too_large', { limit: `${limitBytes / MIB} MiB` });
  const { body } = request;
  // Whoever stops reading must not break the connection: the answer goes over it.
  return ok(body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : Readable.from([]));
}

/** Sends a file so that a browser saves it, or shows it where that is safe and wanted. A client that has it is told so. */
export function sendFile(reply: FastifyReply, file: FileReply): FastifyReply {
  reply
    .header('ETag', file.etag)
    .header('Cache-Control', 'private, no-cache')
    .header('Content-Security-Policy', FILE_POLICY)
    .header('Content-Disposition', disposition(file));
  if (reply.request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const content = file.open();
  return reply
    .code(200)
    .header('Content-Type', file.contentType)
    .header('Content-Length', file.size)
    .send(content instanceof Readable ? content : Readable.from(content));
}

/** RFC 6266: the exact name for all browsers of today, and a plain one for what does not read it. */
function disposition({ name, isInline }: FileReply): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isInline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
