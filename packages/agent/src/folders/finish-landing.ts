import type { Place } from '../workspace/git.ts';
import { changeFolder } from './change-folder.ts';
import type { PathChange } from './file-state.ts';
import { type FolderSite, openFolderReader } from './folder-tree.ts';
import {
  endJournal,
  identityOf,
  type LaidChange,
  type LandingJournal,
  readJournal,
  writeJournal,
} from './landing-journal.ts';
import { clearLaid, layFiles, placeChanges } from './lay-files.ts';
import { planLanding } from './plan-landing.ts';

/**
 * Finishes what an earlier landing in the folder was cut off from: files that only lay beside their places are cleared away, changes that
 * had begun are carried out, or taken back when somebody has changed the same files since.
 */
export async function finishLanding(site: FolderSite & { readonly folder: string }): Promise<void> {
  const journal = await readJournal(site);
  if (journal === null) return;
  const isSame = (await identityOf(site.folder).catch(() => null)) === journal.identity;
  if (!isSame || journal.phase === 'laying') await clearLaid(site.folder, journal.changes);
  else await carryOut(site, await openFolderReader(site), journal);
  await endJournal(site);
}

/** Carries out changes that are all laid. All of them, or none: then the names that were in the way. */
export async function carryOut(
  site: FolderSite,
  place: Place,
  { folder, changes }: Pick<LandingJournal, 'folder' | 'changes'>,
): Promise<readonly string[]> {
  await writeJournal(site, { folder, phase: 'changing', changes });
  let blocked: readonly string[];
  try {
    blocked = await changeFolder(folder, changes);
  } catch (error) {
    await takeBack(site, place, { folder, changes });
    await clearLaid(folder, changes);
    throw error;
  }
  if (blocked.length > 0) await takeBack(site, place, { folder, changes });
  await clearLaid(folder, changes);
  return blocked;
}

/** Puts back what was changed so far. What somebody else has changed since then stays as they left it. */
async function takeBack(
  site: FolderSite,
  place: Place,
  { folder, changes }: Pick<LandingJournal, 'folder' | 'changes'>,
): Promise<void> {
  const back: readonly PathChange[] = changes.map(({ name, from, to }) => ({ name, from: to, to: from }));
  const plan = await planLanding(folder, back);
  const laid: readonly LaidChange[] = await placeChanges(folder, plan.changes, `${site.taskId}-back`);
  await layFiles({ place, folder, source: laid, staging: site.trees });
  await changeFolder(folder, laid);
  await clearLaid(folder, laid);
}
