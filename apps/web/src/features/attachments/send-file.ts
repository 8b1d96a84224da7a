import { readRefusal } from '@quarterdeck/client/call';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';

interface Sending {
  readonly taskId: string;
  readonly file: File;
  /** From 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

/** Sends a file to the server. Not with fetch, which tells nothing of how far an upload is. */
export function sendFile({ taskId, file, onProgress, signal }: Sending): Promise<Result<null>> {
  const request = new XMLHttpRequest();
  const { promise, resolve } = Promise.withResolvers<Result<null>>();
  const unreachable = () => resolve(refuse('server_unreachable', { url: 'this address' }));
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  request.onload = () => {
    if (request.status === 200) resolve(ok(null));
    else resolve(readRefusal(parse(request.responseText)) ?? refuse('internal', { requestId: '' }));
  };
  request.onerror = unreachable;
  request.onabort = unreachable;
  signal.addEventListener('abort', () => request.abort(), { once: true });
  request.open('POST', `/api/tasks/${taskId}/attachments?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(file);
  return promise;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
