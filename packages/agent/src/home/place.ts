// Writes below a folder that an agent owns. It may have put anything where we want to write: a link to a file of the person, a pipe
// that nobody reads, a folder. Nothing here follows a link: what is in the way is replaced, and a file is made anew and renamed.
import { chmod, lstat, mkdir, open, readlink, rename, symlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { clearAway } from './clear-away.ts';

/** Makes every part of `path` below `root` a real folder, in which its owner may write, and returns the whole path. `root` is trusted. */
export async function placeFolder(root: string, path: string): Promise<string> {
  let folder = root;
  for (const part of partsOf(path)) {
    folder = join(folder, part);
    await makeFolder(folder);
  }
  return folder;
}

/** Puts a file at `path` below `root`, whatever was there. */
export async function placeFile(
  root: string,
  path: string,
  { content, mode = 0o600 }: { readonly content: string; readonly mode?: number },
): Promise<void> {
  await replaceWith(await placeInFolder(root, path), async (part) => {
    const file = await open(part, 'wx', mode);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
  });
}

/** Puts a link to `target` at `path` below `root`, whatever was there. One that is right already stays. */
export async function placeLink(root: string, path: string, target: string): Promise<void> {
  const link = await placeInFolder(root, path);
  if ((await readlink(link).catch(() => null)) === target) return;
  await replaceWith(link, (part) => symlink(target, part));
}

/** Makes something beside `path` and renames it over what is there. `make` must refuse what exists already. */
export async function replaceWith(path: string, make: (part: string) => Promise<void>): Promise<void> {
  const part = `${dirname(path)}${sep}.${basename(path).slice(0, 100)}.${unguessable()}.part`;
  try {
    await make(part);
    if (await isFolder(path)) await clearAway(path);
    else if (await isFolder(part)) await clearAway(path);
    await rename(part, path);
  } catch (error) {
    await clearAway(part);
    throw error;
  }
}

/** The folder of `path` made real, and `path` below it. */
export async function placeInFolder(root: string, path: string): Promise<string> {
  const parts = partsOf(path);
  if (parts.length === 0) throw new Error(`The path "${path}" names nothing.`);
  return join(await placeFolder(root, parts.slice(0, -1).join(sep)), parts.at(-1) ?? '');
}

/** The parts of a path below a folder. Throws for one that leads out of it. */
function partsOf(path: string): readonly string[] {
  const parts = normalize(path)
    .split(sep)
    .filter((part) => part !== '' && part !== '.');
  if (isAbsolute(path) || parts.includes('..'))
    throw new Error(`The path "${path}" leads out of its folder.`);
  return parts;
}

async function makeFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isDirectory()) {
    if ((found.mode & 0o700) !== 0o700) await chmod(path, 0o700);
    return;
  }
  if (found !== null) await clearAway(path);
  await mkdir(path, { mode: 0o700 });
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() ?? false;
}

// Not from node:crypto: hosts load this before their agent starts. An agent that guesses the name gets an error, not a write.
function unguessable(): string {
  return `${process.pid}-${Math.random().toString(36).slice(2)}`;
}
