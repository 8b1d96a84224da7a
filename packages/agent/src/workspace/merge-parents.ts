import { authorSettings } from './author.ts';
import { git, gitReason, splitPaths } from './git.ts';
import { isContained, resolveBranch } from './repository.ts';

export interface ParentBranch {
  readonly name: string;
  readonly commit: string;
}

/** The branches of finished parents that still exist; a missing one becomes a note. */
export async function findParents(
  repositoryPath: string,
  names: readonly string[],
): Promise<{ readonly parents: readonly ParentBranch[]; readonly notes: readonly string[] }> {
  const parents: ParentBranch[] = [];
  const notes: string[] = [];
  for (const name of names) {
    const commit = await resolveBranch(repositoryPath, name);
    if (commit !== null) parents.push({ name, commit });
    else
      notes.push(
        `The branch ${name} of a finished parent task no longer exists; if it was merged, its work is in the base branch.`,
      );
  }
  return { parents, notes };
}

/** Merges each branch that is not yet contained into the worktree; one that conflicts is left out and becomes a note for the agent. */
export async function mergeParents(
  path: string,
  parents: readonly ParentBranch[],
): Promise<readonly string[]> {
  const author = await authorSettings(path);
  const notes: string[] = [];
  for (const parent of parents) {
    if (await isContained(path, parent.commit, 'HEAD')) continue;
    const note = await mergeOne(path, parent, author);
    if (note !== null) notes.push(note);
  }
  return notes;
}

async function mergeOne(
  path: string,
  parent: ParentBranch,
  author: readonly string[],
): Promise<string | null> {
  const message = `Merge ${parent.name}, which this task builds on`;
  const answer = await git(path, [
    ...author,
    'merge',
    '--no-ff',
    '--no-verify',
    '-m',
    message,
    parent.commit,
  ]);
  if (answer.code === 0) return null;
  const conflicts = await git(path, ['diff', '--name-only', '--diff-filter=U', '-z']);
  await git(path, ['merge', '--abort']);
  const files = splitPaths(conflicts.stdout);
  const because = files.length > 0 ? `it conflicts in ${files.join(', ')}` : gitReason(answer);
  return `The work of a finished parent task on branch ${parent.name} is not in this workspace: ${because}. If you need it, run \`git merge ${parent.name}\` and resolve the conflicts.`;
}
