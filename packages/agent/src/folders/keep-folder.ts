import { type KeptWork, NOTHING_KEPT } from '@quarterdeck/contract/runner-protocol';
import { isRealFolder } from '../workspace/admin-folder.ts';
import { readStat } from '../workspace/diff-stat.ts';
import { checkOut, headOf, resolveCommit, syncTo, type Tree } from '../workspace/tree.ts';
import type { Attempt, KeepRequest } from '../workspace/workspace.ts';
import { attained, failed } from '../workspace/workspace.ts';
import { openFolderTree } from './folder-tree.ts';
import { onlyWork } from './left-out-note.ts';
import { takeSnapshot } from './snapshot.ts';

type Keeping = Pick<KeepRequest, 'path' | 'kind' | 'taskId' | 'title' | 'agentName' | 'base' | 'trees'> & {
  readonly projectId: string;
};

/**
 * Commits what an agent left in a folder outside git into the private git folder of its task. In a folder that is a person's, or the
 * agent's alone, nothing is lost by being in no commit. To be called when the agent's processes are gone; asked twice it answers the same.
 */
export async function keepFolder(request: Keeping): Promise<KeptWork> {
  const tree = await open(request);
  if (!tree.ok) return request.kind === 'copy' ? unkept(tree.failure) : NOTHING_KEPT;
  const head = tree.value.head;
  const title = request.title.replace(/\s+/g, ' ').trim();
  const message = `${title} (${request.taskId})\n\nAgent: ${request.agentName}\n`;
  const synced = await syncTo(tree.value, head);
  const taken = synced.ok ? await takeSnapshot(tree.value, [head], message) : synced;
  if (!taken.ok)
    return request.kind === 'copy'
      ? unkept(`The work in ${request.path} could not be kept: ${taken.failure}`)
      : NOTHING_KEPT;
  const { commit } = taken.value;
  const base = await resolveCommit(tree.value.place, request.base);
  const diffStat = base === null ? null : await readStat(tree.value.place, [base, commit, '--']);
  const leftOut = request.kind === 'copy' ? await onlyWork(tree.value, taken.value.leftOut) : [];
  return { ...NOTHING_KEPT, commit, base, diffStat, leftOut: [...leftOut] };
}

async function open({
  path,
  taskId,
  projectId,
  trees,
}: Pick<Keeping, 'path' | 'taskId' | 'projectId' | 'trees'>): Promise<
  Attempt<Tree & { readonly head: string }>
> {
  if (!(await isRealFolder(path)))
    return failed(`The work could not be kept: ${path} is no longer a folder of its own.`);
  const opened = await openFolderTree({ taskId, projectId, trees }, path);
  if (!opened.ok) return opened;
  const head = await headOf(opened.value);
  if (head === null)
    return failed(`The work in ${path} could not be kept: it is not known what it began with.`);
  return attained({ ...opened.value, head });
}

function unkept(failure: string): KeptWork {
  return { ...NOTHING_KEPT, keepFailure: failure };
}

/**
 * Puts the folder of a task back to the commit that was reviewed, so that nothing a reviewer changed lands. What it left is in the commit
 * that is the answer; null when it changed nothing.
 */
export async function setFolderAside(
  request: Pick<Keeping, 'path' | 'kind' | 'taskId' | 'projectId' | 'trees'> & { readonly head: string },
): Promise<Attempt<string | null>> {
  const tree = await open(request);
  if (!tree.ok) return tree;
  const synced = await syncTo(tree.value, request.head);
  if (!synced.ok) return synced;
  const taken = await takeSnapshot(tree.value, [request.head], `Left by the review of ${request.taskId}\n`);
  if (!taken.ok) return taken;
  if (taken.value.commit === request.head) return attained(null);
  const back = await checkOut(tree.value, request.head);
  return back.code === 0
    ? attained(taken.value.commit)
    : failed(`${request.path} could not be put back after the review.`);
}
