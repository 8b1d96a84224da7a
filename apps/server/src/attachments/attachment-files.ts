import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ATTACHMENT_LIMIT } from '@quarterdeck/contract/attachment';
import type { AttachmentId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import type { UploadBody } from '@quarterdeck/contract/routes/route';
import { type AttachmentFiles, tooLarge } from '@quarterdeck/core/board';

const PART = '.part';

interface FilesOptions {
  /** Files written since then are somebody's work in progress, ms since the epoch. */
  readonly sweepBefore: number;
  readonly limitBytes?: number;
}

/** Keeps attachments in `<home>/attachments/<id>`: written beside under another name, made durable, then renamed. */
export async function openAttachmentFiles(home: string, options: FilesOptions): Promise<AttachmentFiles> {
  const folder = join(home, 'attachments');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: AttachmentId) => join(folder, id);
  return {
    async receive(id, content) {
      const part = `${pathOf(id)}${PART}`;
      try {
        const written = await write(part, content, options.limitBytes ?? ATTACHMENT_LIMIT);
        if (written === null) return tooLarge();
        await rename(part, pathOf(id));
        await syncFolder(folder);
        return ok(written);
      } finally {
        await rm(part, { force: true });
      }
    },
    async find(id) {
      const found = await stat(pathOf(id)).catch(unlessMissing);
      return found && (() => createReadStream(pathOf(id)));
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    async listOld() {
      const old: string[] = [];
      for (const name of await readdir(folder)) {
        const found = await stat(join(folder, name)).catch(unlessMissing);
        if (found?.isFile() && found.mtimeMs < options.sweepBefore) old.push(name);
      }
      return old;
    },
    removeFile: (name) => rm(join(folder, name), { force: true }),
  };
}

/** What was written, durably; null when the content goes on beyond the limit. */
async function write(path: string, content: UploadBody, limitBytes: number) {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const piece of content) {
      size += piece.length;
      if (size > limitBytes) return null;
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
    return { size, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** Without this a renamed file can be gone after a power cut though its row is there. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
