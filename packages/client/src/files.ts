import type { Attachment } from '@quarterdeck/contract/attachment';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { type ClientOptions, readRefusal } from './call.ts';
import { pause } from './pause.ts';

interface Upload {
  readonly taskId: string;
  readonly name: string;
  /** Opens the content; called again for another attempt. */
  readonly open: () => ReadableStream<Uint8Array> | Blob;
  readonly signal?: AbortSignal;
}

/**
 * Attaches a file to a task. A lost connection is tried again: the same content under the same name is attached once. There is no
 * time limit but the server's own.
 */
export async function uploadAttachment(options: ClientOptions, upload: Upload): Promise<Result<Attachment>> {
  const { retries = 3, retryDelayMs = 150 } = options;
  for (let tried = 0; ; tried += 1) {
    const sent = await sendUpload(options, upload);
    if (sent.ok || sent.refusal.code !== 'server_unreachable' || tried >= retries) return sent;
    await pause(retryDelayMs * 2 ** tried, upload.signal);
  }
}

/** The bytes of an attachment, as the body of the response. */
export async function downloadAttachment(
  options: ClientOptions,
  attachmentId: string,
): Promise<Result<Response>> {
  const response = await ask(options, `/attachments/${encodeURIComponent(attachmentId)}`, {});
  if (response === null) return unreachable(options);
  return response.ok ? ok(response) : refusalOf(options, response);
}

async function sendUpload(options: ClientOptions, upload: Upload): Promise<Result<Attachment>> {
  const path = `/tasks/${encodeURIComponent(upload.taskId)}/attachments?name=${encodeURIComponent(upload.name)}`;
  // Node sends a stream only with this word, which is not in the DOM's types.
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: upload.open(), duplex: 'half' };
  const { signal } = upload;
  const response = await ask(options, path, signal ? { ...init, signal } : init);
  if (response === null) return unreachable(options);
  if (!response.ok) return refusalOf(options, response);
  const reply = (await response.json()) as { readonly attachment: Attachment };
  return ok(reply.attachment);
}

/** Null when no server answers. */
async function ask(options: ClientOptions, path: string, init: RequestInit): Promise<Response | null> {
  const request = options.fetch ?? globalThis.fetch;
  const headers = new Headers({ Accept: 'application/json, */*' });
  if (options.token) headers.set('Authorization', `Bearer ${options.token}`);
  if (init.body) headers.set('Content-Type', 'application/octet-stream');
  try {
    return await request(`${options.baseUrl}/api${path}`, { credentials: 'same-origin', ...init, headers });
  } catch (failure) {
    if (init.signal?.aborted) throw failure;
    return null;
  }
}

async function refusalOf(options: ClientOptions, response: Response): Promise<Result<never>> {
  const reply: unknown = await response.json().catch(() => null);
  return readRefusal(reply) ?? unreachable(options);
}

function unreachable({ baseUrl }: ClientOptions) {
  return refuse('server_unreachable', { url: baseUrl === '' ? 'this address' : baseUrl });
}
