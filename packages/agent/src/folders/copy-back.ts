import type { LandingResult } from '@quarterdeck/contract/landing';
import { isRealFolder } from '../workspace/admin-folder.ts';
import { shown } from '../workspace/file-names.ts';
import type { Place } from '../workspace/git.ts';
import { inRepositoryQueue } from '../workspace/repository-queue.ts';
import { resolveCommit } from '../workspace/tree.ts';
import { carryOut, finishLanding } from './finish-landing.ts';
import { type FolderSite, openFolderReader } from './folder-tree.ts';
import { endJournal, writeJournal } from './landing-journal.ts';
import { clearLaid, layFiles, placeChanges } from './lay-files.ts';
import { planLanding, readPathChanges } from './plan-landing.ts';

export interface CopyBackRequest extends FolderSite {
  /** The project's folder. */
  readonly folder: string;
  /** The state the copy began with, and the one that was reviewed. */
  readonly base: string | null;
  readonly head: string | null;
}

type Outcome = Pick<LandingResult, 'status' | 'message'> &
  Partial<Pick<LandingResult, 'commit' | 'files' | 'isOutdated'>>;

/**
 * Brings what a task made in a copy into the project's folder: all of it or nothing, never through a link, and nothing over what somebody
 * changed since the copy was made. What is there already counts as landed, so asking again after a kill at any point is safe.
 */
export async function copyBack(request: CopyBackRequest): Promise<LandingResult> {
  const { folder } = request;
  const outcome = await inRepositoryQueue(folder, () => landIn(request)).catch(
    (error: unknown): Outcome => ({
      status: 'refused',
      message: `${folder} could not be changed: ${error instanceof Error ? error.message : String(error)}. It is as it was. See to it, then land again.`,
    }),
  );
  const { base, head } = request;
  const nothing = { commit: null, files: [], isOutdated: false };
  return { strategy: 'copy', into: folder, base, head, ...nothing, ...outcome };
}

async function landIn(request: CopyBackRequest): Promise<Outcome> {
  const { folder } = request;
  if (!(await isRealFolder(folder)))
    return refused(`The project's folder ${folder} is not there. Put it back, then land again.`);
  await finishLanding(request);
  const place = await openFolderReader(request);
  const base = await resolveCommit(place, request.base);
  const head = await resolveCommit(place, request.head);
  if (base === null || head === null)
    return refused(
      'What the agent made is not kept on this machine. Start the task again, or copy what you need from its workspace',
    );
  const changes = await readPathChanges(place, base, head);
  if (!changes.ok) return refused(changes.failure);
  const plan = await planLanding(folder, changes.value);
  if (plan.conflicts.length > 0) return conflict(folder, plan.conflicts);
  if (plan.changes.length === 0) return landed(head, `${folder} has all of these changes already.`);
  const blocked = await bringIn(request, { place, changes: plan.changes });
  return blocked.length > 0 ? conflict(folder, blocked) : landed(head, `The work is in ${folder}.`);
}

async function bringIn(
  request: CopyBackRequest,
  { place, changes: wanted }: { readonly place: Place; readonly changes: Parameters<typeof placeChanges>[1] },
): Promise<readonly string[]> {
  const { folder, taskId, trees } = request;
  const changes = await placeChanges(folder, wanted, taskId);
  await writeJournal(request, { folder, phase: 'laying', changes });
  try {
    await layFiles({ place, folder, source: changes, staging: trees });
    return await carryOut(request, place, { folder, changes });
  } catch (error) {
    await clearLaid(folder, changes);
    throw error;
  } finally {
    await endJournal(request);
  }
}

function landed(commit: string, message: string): Outcome {
  return { status: 'landed', commit, message };
}

function refused(message: string): Outcome {
  return { status: 'refused', message };
}

function conflict(folder: string, names: readonly string[]): Outcome {
  const files = names.map(shown);
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  return {
    status: 'conflict',
    files,
    message: `${where} in ${folder} was changed by somebody else since the copy was made. Nothing was changed. Ask for changes: the next attempt takes up what is in the folder now.`,
  };
}
