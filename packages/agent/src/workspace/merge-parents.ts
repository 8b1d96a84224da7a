import { git, gitReason, type Place, splitPaths } from './git.ts';
import { type Repository, resolveBranch } from './repository.ts';
import { isContained, resolveCommit, setHead, type Tree } from './tree.ts';

export interface ParentBranch {
  readonly name: string;
  readonly commit: string;
}

/** The branches of finished parents that still exist; a missing one becomes a note. */
export async function findParents(
  repository: Repository,
  reader: Place,
  names: readonly string[],
): Promise<{ readonly parents: readonly ParentBranch[]; readonly notes: readonly string[] }> {
  const parents: ParentBranch[] = [];
  const notes: string[] = [];
  for (const name of names) {
    const commit = await resolveCommit(reader, await resolveBranch(repository, name));
    if (commit !== null) parents.push({ name, commit });
    else
      notes.push(
        `The branch ${name} of a finished parent task no longer exists; if it was merged, its work is in the base branch.`,
      );
  }
  return { parents, notes };
}

export interface MergedParents {
  readonly head: string;
  readonly notes: readonly string[];
}

/**
 * Merges each branch that is not yet contained into the files of a tree whose index is at `head`; one that conflicts is left out and
 * becomes a note for the agent.
 */
export async function mergeParents(
  tree: Tree,
  head: string,
  parents: readonly ParentBranch[],
): Promise<MergedParents> {
  const notes: string[] = [];
  let at = head;
  for (const parent of parents) {
    if (await isContained(tree.place, parent.commit, at)) continue;
    const note = await mergeOne(tree, parent);
    if (note !== null) notes.push(note);
    at = (await resolveCommit(tree.place, 'HEAD')) ?? at;
    await setHead(tree, at);
  }
  return { head: at, notes };
}

async function mergeOne({ place }: Tree, parent: ParentBranch): Promise<string | null> {
  const message = `Merge ${parent.name}, which this task builds on`;
  const answer = await git(place, ['merge', '--no-ff', '--no-verify', '-m', message, parent.commit], {
    timeoutMs: 30 * 60_000,
  });
  if (answer.code === 0) return null;
  const conflicts = await git(place, ['diff', '--name-only', '--diff-filter=U', '-z']);
  await git(place, ['merge', '--abort']);
  const files = splitPaths(conflicts.stdout);
  const because = files.length > 0 ? `it conflicts in ${files.join(', ')}` : gitReason(answer);
  return `The work of a finished parent task on branch ${parent.name} is not in this workspace: ${because}. If you need it, run \`git merge ${parent.name}\` and resolve the conflicts.`;
}
