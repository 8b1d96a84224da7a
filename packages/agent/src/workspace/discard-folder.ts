import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const PREFIX = '.discarded-';

/**
 * Takes a folder out of the way at once; `deleted` resolves when the slow deletion is over and never rejects. What a killed process
 * left half deleted goes along with the next one.
 */
export async function discardFolder(path: string): Promise<{ readonly deleted: Promise<void> }> {
  const parent = dirname(path);
  await rename(path, join(parent, `${PREFIX}${randomUUID()}`));
  return { deleted: deleteDiscarded(parent) };
}

async function deleteDiscarded(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  const discarded = names.filter((name) => name.startsWith(PREFIX));
  await Promise.all(
    discarded.map((name) =>
      // Files of another user can stay behind; they are out of the way all the same.
      rm(join(parent, name), { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined),
    ),
  );
}
