import { lstat, open } from 'node:fs/promises';
import type { AgentView, UnderWay, UnmergedStage } from './agent-view.ts';
import { pathOf, quoted, shown } from './file-names.ts';
import { git } from './git.ts';
import { readChanges } from './stage.ts';
import { resolveCommit, type Tree } from './tree.ts';
import type { Unkept } from './workspace.ts';

interface State {
  readonly tree: Tree;
  readonly view: AgentView | null;
  readonly unmerged: ReadonlyMap<string, readonly UnmergedStage[]>;
  readonly taskId: string;
}

const NAMES: Readonly<Record<UnderWay, string>> = {
  merge: 'a merge',
  rebase: 'a rebase',
  'cherry-pick': 'a cherry-pick',
  revert: 'a revert',
  bisect: 'a search with git bisect',
};

/**
 * Why what the agent left cannot count as finished: a conflict nobody resolved, or a command of git that is still under way. A merge
 * whose conflicts are all resolved is finished, and only wants its commit.
 */
export async function whyUnfinished({ tree, view, unmerged, taskId }: State): Promise<Unkept | null> {
  const underWay = view?.underWay ?? null;
  const again = `then keep the work again (quarterdeck task keep ${taskId}).`;
  const conflicts = await findConflicts(tree, unmerged, underWay !== null);
  const command = `git -C ${quoted(tree.path)} ${underWay === 'bisect' ? 'bisect reset' : underWay === null ? 'add --' : `${underWay} --continue`}`;
  if (conflicts.length > 0) {
    const files = conflicts.map(shown);
    const named = files.length > 5 ? [...files.slice(0, 5), `${files.length - 5} more`] : files;
    const what =
      underWay === null
        ? 'conflicts that nobody resolved'
        : `${NAMES[underWay]} with conflicts that nobody resolved`;
    return {
      failure: `The agent left ${what}, in ${named.join(', ')}. Nothing was committed, and the files are untouched. Resolve them in ${tree.path}, ${again}`,
      remedy: underWay === null ? `${command} ${files.map(quoted).join(' ')}` : command,
    };
  }
  if (underWay === null) return null;
  if (underWay === 'merge' && (await areCommits(tree, view?.mergeHeads ?? []))) return null;
  return {
    failure: `The agent left ${NAMES[underWay]} under way. Nothing was committed, and the files are untouched. Finish or abort it in ${tree.path}, ${again}`,
    remedy: command,
  };
}

async function areCommits(tree: Tree, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) if ((await resolveCommit(tree.place, id)) === null) return false;
  return ids.length > 0;
}

/** Files git holds for unresolved and that look so; during a merge also changed files with the marks of a conflict, resolved in name only. */
async function findConflicts(
  tree: Tree,
  unmerged: State['unmerged'],
  isUnderWay: boolean,
): Promise<readonly string[]> {
  const conflicts: string[] = [];
  for (const [path, stages] of unmerged) if (!(await isResolved(tree, path, stages))) conflicts.push(path);
  if (isUnderWay) {
    const read = await readChanges(tree.place, new Set());
    for (const path of read.ok ? [...read.value.changed, ...read.value.added] : [])
      if (!unmerged.has(path) && (await hasMarks(tree.path, path))) conflicts.push(path);
  }
  return conflicts;
}

/** An edited file without marks counts as resolved; one that one side deleted, or that is as one side had it, may not have been looked at. */
async function isResolved(tree: Tree, path: string, stages: readonly UnmergedStage[]): Promise<boolean> {
  const ids = stages.filter(({ stage }) => stage !== '1').map(({ id }) => id);
  if (ids.length < 2) return false;
  const found = await lstat(pathOf(tree.path, path)).catch(() => null);
  if (found === null || !found.isFile() || (await hasMarks(tree.path, path))) return false;
  const hashed = await git(tree.place, ['hash-object', '--stdin-paths'], {
    input: `${path}\n`,
    encoding: 'latin1',
  });
  return hashed.code === 0 && !ids.includes(hashed.stdout.trim());
}

const LARGEST_SEARCHED_BYTES = 8 * 1024 * 1024;

/** Whether a file holds a whole conflict as git writes it. */
async function hasMarks(folder: string, path: string): Promise<boolean> {
  const found = await lstat(pathOf(folder, path)).catch(() => null);
  if (found === null || !found.isFile() || found.size > LARGEST_SEARCHED_BYTES) return false;
  const file = await open(pathOf(folder, path)).catch(() => null);
  if (file === null) return false;
  try {
    return holdsConflict(await file.readFile('latin1'));
  } finally {
    await file.close();
  }
}

const MARKS = [/^<{7} /, /^={7}\r?$/, /^>{7} /];

function holdsConflict(text: string): boolean {
  let met = 0;
  for (const line of text.split('\n')) {
    if (line.length > 6 && MARKS[met]?.test(line.slice(0, 9))) met += 1;
    if (met === MARKS.length) return true;
  }
  return false;
}
