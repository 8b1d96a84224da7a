import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOut } from '@quarterdeck/contract/run';
import { readPlain, replaceFile } from '../workspace/private-folder.ts';
import type { Tree } from '../workspace/tree.ts';

const NOTE = 'left-out-at-start';
/** A repository with more entries than this counts as changed. */
const MOST_ENTRIES = 100_000;

interface Noted {
  /** Milliseconds; everything that was there has an older change time. */
  readonly at: number;
  readonly paths: readonly string[];
}

/** Remembers what no commit could hold when the work began: as long as nobody touches it, none of it is work that would be lost. */
export async function noteLeftOut({ folder }: Tree, leftOut: readonly LeftOut[]): Promise<void> {
  const noted: Noted = { at: Date.now(), paths: leftOut.map(({ path }) => path) };
  await replaceFile(join(folder, NOTE), JSON.stringify(noted));
}

/** What of it is work: new since the start, or changed since. */
export async function onlyWork(
  { folder, path }: Tree,
  leftOut: readonly LeftOut[],
): Promise<readonly LeftOut[]> {
  const text = await readPlain(join(folder, NOTE));
  const noted: Noted = text === null ? { at: 0, paths: [] } : JSON.parse(text);
  const known = new Set(noted.paths);
  const isWork = await Promise.all(
    leftOut.map(async (each) => !known.has(each.path) || hasChanged(join(path, each.path), noted.at)),
  );
  return leftOut.filter((_, at) => isWork[at]);
}

async function hasChanged(path: string, since: number): Promise<boolean> {
  const waiting = [path];
  let looked = 0;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const found = await lstat(at).catch(() => null);
    if (found === null) continue;
    looked += 1;
    if (found.ctimeMs > since || looked > MOST_ENTRIES) return true;
    if (!found.isDirectory()) continue;
    const entries = await opendir(at).catch(() => null);
    if (entries === null) continue;
    // Looking at a repository changes git's own files.
    for await (const entry of entries) if (entry.name !== '.git') waiting.push(join(at, entry.name));
  }
  return false;
}
