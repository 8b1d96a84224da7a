import { ATTACHMENT_LIMIT } from '@quarterdeck/contract/attachment';
import { create } from 'zustand';
import { sentence } from '../../ui/refusal-toast.ts';
import { sendFile } from './send-file.ts';

/** A file on its way to a task, or one that did not get there. */
export interface Upload {
  readonly id: string;
  readonly taskId: string;
  readonly file: File;
  /** From 0 to 1. */
  readonly part: number;
  /** Why it failed; null while it is sent. */
  readonly failure: string | null;
  readonly canRetry: boolean;
  readonly abort: AbortController;
}

/** They go on while another part of the task, or another page, is shown. */
export const useUploads = create<{ readonly uploads: readonly Upload[] }>(() => ({ uploads: [] }));

/** Sends files to a task, one after the other. */
export async function attachFiles(taskId: string, files: readonly File[]): Promise<void> {
  const begun = files.map((file) => begin(taskId, file));
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...begun] }));
  for (const upload of begun) if (upload.failure === null) await send(upload);
}

/** Sends a file again that did not get there. */
export async function retryUpload({ id, taskId, file }: Upload): Promise<void> {
  dismissUpload(id);
  await attachFiles(taskId, [file]);
}

/** Stops a file on its way, and takes it off the list. */
export function dismissUpload(id: string): void {
  const { uploads } = useUploads.getState();
  uploads.find((it) => it.id === id)?.abort.abort();
  useUploads.setState({ uploads: uploads.filter((it) => it.id !== id) });
}

function begin(taskId: string, file: File): Upload {
  const failure = file.size > ATTACHMENT_LIMIT ? 'It is larger than 25 MiB.' : null;
  const id = crypto.randomUUID();
  return { id, taskId, file, part: 0, failure, canRetry: false, abort: new AbortController() };
}

async function send({ id, taskId, file, abort }: Upload): Promise<void> {
  // Taken off the list while it waited for those before it.
  if (abort.signal.aborted) return;
  const onProgress = (part: number) => change(id, { part });
  const sent = await sendFile({ taskId, file, onProgress, signal: abort.signal });
  if (sent.ok) dismissUpload(id);
  else change(id, { failure: sentence(sent.refusal.message), canRetry: true });
}

function change(id: string, changes: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((it) => (it.id === id ? { ...it, ...changes } : it)),
  }));
}
