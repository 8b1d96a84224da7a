import { git, splitPaths } from '../workspace/git.ts';
import { mergeParents } from '../workspace/merge-parents.ts';
import { headOf, isContained, resolveCommit, setHead, syncTo, type Tree } from '../workspace/tree.ts';
import { type Attempt, attained } from '../workspace/workspace.ts';
import { type FolderSite, openProjectTree } from './folder-tree.ts';
import { snapshotFolder, takeSnapshot } from './snapshot.ts';

/** Merges what finished parents made, by the commits that hold it. Answers with what the agent should know. */
export async function takeUpParents(tree: Tree, heads: readonly string[]): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const [at, id] of heads.entries()) {
    const head = await headOf(tree);
    const commit = await resolveCommit(tree.place, id);
    const name = `parent ${at + 1}`;
    if (head === null || commit === null) {
      notes.push(
        'The work of a finished parent task is not on this machine. If it has landed, it is in the copy.',
      );
      continue;
    }
    const synced = await syncTo(tree, head);
    if (!synced.ok) return [...notes, synced.failure];
    const merged = await mergeParents(tree, head, [{ name, commit }]);
    if (merged.head === head && merged.notes.length > 0) notes.push(await explain(tree, head, commit));
  }
  return notes;
}

async function explain(tree: Tree, head: string, commit: string): Promise<string> {
  const files = await filesIn(tree, [head, commit]);
  return `The work of a finished parent task is not in this copy, because both changed the same lines of the same files. It changed: ${files.join(', ')}.`;
}

interface Copy {
  readonly tree: Tree;
  readonly head: string;
  readonly base: string;
  readonly folder: string;
}

/**
 * Brings a copy up to date with its folder before the next attempt, so that what a person changed meanwhile is no conflict any more. Where
 * both changed the same lines the work of the task stands, and the agent is told to look: the changes shown say what would be replaced.
 */
export async function takeUpFolder(
  site: FolderSite,
  { tree, head, base, folder }: Copy,
): Promise<Attempt<{ readonly base: string; readonly notes: readonly string[] }>> {
  const unchanged = attained({ base, notes: [] });
  const now = await openProjectTree(site, folder);
  if (!now.ok) return now;
  const taken = await snapshotFolder(site, now.value);
  if (!taken.ok) return taken;
  const { commit } = taken.value;
  if (await isContained(tree.place, commit, head)) return attained({ base: commit, notes: [] });
  const kept = await keepFirst(tree, head);
  if (!kept.ok) return unchanged;
  const message = 'Take up what changed in the folder';
  const args = ['merge', '--no-ff', '--no-verify', '-X', 'ours', '-m', message, commit];
  const merged = await git(tree.place, args, { timeoutMs: 30 * 60_000 });
  const both = await touchedByBoth(tree, { base, head: kept.value, commit });
  if (merged.code !== 0) {
    await git(tree.place, ['merge', '--abort']);
    await setHead(tree, kept.value);
    return attained({
      base,
      notes: [
        `The folder ${folder} has changed since this copy was made, and the two do not fit together: ${both.join(', ')}. Bring your files in line with those in ${folder}.`,
      ],
    });
  }
  const after = await resolveCommit(tree.place, 'HEAD');
  if (after !== null) await setHead(tree, after);
  const told =
    both.length === 0
      ? []
      : [
          `${folder} has changed since this copy was made. These files were changed there and here: ${both.join(', ')}. Compare them with those in ${folder} and see that nothing is lost.`,
        ];
  return attained({ base: commit, notes: told });
}

/** What an attempt that was cut off left uncommitted must not be in the way of a merge. */
async function keepFirst(tree: Tree, head: string): Promise<Attempt<string>> {
  const synced = await syncTo(tree, head);
  if (!synced.ok) return synced;
  const taken = await takeSnapshot(tree, [head], 'What an attempt left\n');
  return taken.ok ? attained(taken.value.commit) : taken;
}

async function touchedByBoth(
  tree: Tree,
  at: { base: string; head: string; commit: string },
): Promise<readonly string[]> {
  const here = new Set(await filesIn(tree, [at.base, at.head]));
  return (await filesIn(tree, [at.base, at.commit])).filter((path) => here.has(path));
}

async function filesIn({ place }: Tree, span: readonly string[]): Promise<readonly string[]> {
  const answer = await git(place, ['diff-tree', '-r', '--name-only', '-z', '--no-renames', ...span]);
  return splitPaths(answer.stdout);
}
