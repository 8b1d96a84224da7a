// Which files of a repository are never committed stands in its `info/exclude`, where every agent can write: a line there would make
// the work of other tasks vanish. The list counts as it was first seen; later changes are told, and used when the person says so.
import { join } from 'node:path';
import { quoted } from './file-names.ts';
import { readPlain, replaceFile } from './private-folder.ts';
import { projectNote } from './project-notes.ts';
import type { Repository } from './repository.ts';

/** Lets a private folder leave out what the repository's list named when Quarterdeck first saw it. */
export async function takeOverExclude(trees: string, folder: string, repository: Repository): Promise<void> {
  const list = await readFirstSeen(trees, repository);
  const own = join(folder, 'info/exclude');
  if ((await readPlain(own)) !== list) await replaceFile(own, list);
}

async function readFirstSeen(trees: string, repository: Repository): Promise<string> {
  const note = projectNote(trees, repository, 'exclude');
  const seen = await readPlain(note);
  if (seen !== null) return seen;
  const now = await readNow(repository);
  await replaceFile(note, now);
  return now;
}

async function readNow({ commonDir }: Repository): Promise<string> {
  return (await readPlain(join(commonDir, 'info/exclude'))) ?? '';
}

/** Says that the list is another one by now, and how to have it used. */
export async function describeExclude(trees: string, repository: Repository): Promise<readonly string[]> {
  if ((await readFirstSeen(trees, repository)) === (await readNow(repository))) return [];
  const path = join(repository.commonDir, 'info/exclude');
  const note = projectNote(trees, repository, 'exclude');
  return [
    `${path}, which names files that are never committed, was changed since Quarterdeck first saw it. Every agent can write there, so Quarterdeck goes on with the list as it was, and no work is hidden by the change. If the change is yours, have the list read again: rm ${quoted(note)}`,
  ];
}
