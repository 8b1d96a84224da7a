import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { placeInFolder, replaceWith } from './place.ts';

/** How much one agent's copies may be together. */
export interface CopyAllowance {
  files: number;
  bytes: number;
}

/** The default: settings with the packages that plugins of an agent bring. */
export function copyAllowance(): CopyAllowance {
  return { files: 50_000, bytes: 512 * 1024 * 1024 };
}

/**
 * Puts a copy of a file or folder of the person at `path` below `root`, whatever was there. Links in it are copied as what they point
 * to, so that nothing leads back. What is neither file nor folder is left out. False when there is nothing, or when it is more than the
 * allowance holds: then nothing changes.
 */
export async function copyIn(
  { root, path, source }: { readonly root: string; readonly path: string; readonly source: string },
  allowance: CopyAllowance,
): Promise<'copied' | 'missing' | 'too much'> {
  const found = await stat(source).catch(() => null);
  if (!found?.isFile() && !found?.isDirectory()) return 'missing';
  const target = await placeInFolder(root, path);
  try {
    await replaceWith(target, (part) => copyOne(source, part, { allowance, above: [] }));
    return 'copied';
  } catch (error) {
    if (error instanceof TooMuch) return 'too much';
    throw error;
  }
}

class TooMuch extends Error {}

interface Copying {
  readonly allowance: CopyAllowance;
  /** Real paths of the folders this one lies in: a link to one of them would never end. */
  readonly above: readonly string[];
}

async function copyOne(source: string, target: string, copying: Copying): Promise<void> {
  const found = await stat(source).catch(() => null);
  if (found?.isDirectory()) return copyFolder(source, target, copying);
  // A pipe would never be read to its end, and a dangling link has no content.
  if (!found?.isFile()) return;
  const { allowance } = copying;
  allowance.files -= 1;
  allowance.bytes -= found.size;
  if (allowance.files < 0 || allowance.bytes < 0) throw new TooMuch();
  const isCopied = await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      // A file of somebody else, or gone meanwhile: the agent does without, as its program would.
      if (error.code === 'EACCES' || error.code === 'ENOENT') return false;
      throw error;
    },
  );
  if (!isCopied) return;
  // Some systems keep settings read-only, and an agent's program wants to write its own copy.
  await chmod(target, (found.mode & 0o100) === 0 ? 0o600 : 0o700);
}

async function copyFolder(source: string, target: string, { allowance, above }: Copying): Promise<void> {
  const here = await realpath(source);
  if (above.includes(here)) return;
  await mkdir(target, { mode: 0o700 });
  const inside = { allowance, above: [...above, here] };
  for (const name of await readdir(source)) await copyOne(join(source, name), join(target, name), inside);
}
