// What a landing in a folder is about to do, on the disk before it does it: a landing that is cut off is finished, or taken back, by
// whoever comes next.
import { lstat, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PathChange } from './file-state.ts';
import type { FolderSite } from './folder-tree.ts';

export interface LandingJournal {
  readonly folder: string;
  /** Of the folder on its disk: another one of the same name is none of ours. */
  readonly identity: string;
  /** `laying`: files are being laid beside their places, which nobody sees. `changing`: they are all there and take their places. */
  readonly phase: 'laying' | 'changing';
  readonly changes: readonly LaidChange[];
}

export interface LaidChange extends PathChange {
  /** Where the new content is laid first: beside its place, as latin1; null for a removal. */
  readonly laid: string | null;
}

export async function identityOf(folder: string): Promise<string> {
  const { dev, ino } = await lstat(folder);
  return `${dev}:${ino}`;
}

export async function readJournal(site: FolderSite): Promise<LandingJournal | null> {
  const text = await readFile(pathOfJournal(site), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as LandingJournal);
}

/** Written whole or not at all, and on the disk when it returns. */
export async function writeJournal(site: FolderSite, work: Omit<LandingJournal, 'identity'>): Promise<void> {
  const journal: LandingJournal = { ...work, identity: await identityOf(work.folder) };
  const path = pathOfJournal(site);
  const file = await open(`${path}.part`, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(journal));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}

export async function endJournal(site: FolderSite): Promise<void> {
  await rm(pathOfJournal(site), { force: true });
}

function pathOfJournal({ trees, projectId }: FolderSite): string {
  return join(trees, `landing-${projectId}.json`);
}
