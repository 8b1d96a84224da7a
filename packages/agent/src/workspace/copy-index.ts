import { constants } from 'node:fs';
import { copyFile, lstat, rm, utimes } from 'node:fs/promises';

/**
 * Copies an index of git, or another plain file that agents may have written: never through a link, and over nothing but a plain file.
 * The copy is as old as what it was taken from: git looks into a file that is no older than the index, because it may have been changed
 * in the same moment, and a copy that is younger would hide such a change. False when there is no plain file to copy.
 */
export async function copyIndex(from: string, to: string): Promise<boolean> {
  const found = await lstat(from).catch(() => null);
  if (found === null || !found.isFile()) return false;
  await rm(to, { force: true });
  const isCopied = await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL).then(
    () => true,
    () => false,
  );
  const writtenAt = Math.floor(found.mtimeMs) / 1000;
  if (isCopied) await utimes(to, writtenAt, writtenAt);
  return isCopied;
}
