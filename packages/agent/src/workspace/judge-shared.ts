import { dirname } from 'node:path';
import { describeCheckedOut } from './checked-out.ts';
import { describeFiles } from './describe-files.ts';
import { describeExclude } from './exclude-list.ts';
import { quoted } from './file-names.ts';
import { gitLine } from './git.ts';
import { areOfTheAgent } from './made-here.ts';
import type { Repository } from './repository.ts';
import { notePastReview, noteShownFrom, readNote, readShared, type SharedState } from './shared-folder.ts';
import type { TaskTree } from './task-tree.ts';
import { isContained } from './tree.ts';
import { findUnreviewed } from './unreviewed.ts';

interface Judging {
  readonly tree: TaskTree;
  readonly branch: string;
  readonly baseBranch: string | null;
  /** Where the task's changes count from, and the commit that holds them. */
  readonly base: string | null;
  readonly head: string;
}

export interface Judged {
  readonly notes: readonly string[];
  readonly pastReview: string | null;
}

/** What changed during a run in the git folder that the agent shares with the person and other agents, for a person. */
export async function judgeShared(judging: Judging): Promise<Judged> {
  const { tree, branch, baseBranch } = judging;
  const before = await readNote(tree.folder);
  if (before === null) return { notes: [], pastReview: null };
  const after = await readShared(tree.repository, { folder: tree.folder, branch, baseBranch });
  const base = await judgeBase(judging, before, after);
  const notes = [
    ...describeFiles(tree.repository, before.files, after.files),
    ...(await describeExclude(dirname(tree.folder), tree.repository)),
    ...describeCheckedOut(before.checkedOut ?? {}, after.checkedOut ?? {}),
    ...base.notes,
    ...(await describeRefs(judging, before, after)),
  ];
  return { notes, pastReview: base.pastReview };
}

/** The base branch moves by landings and by the person; commits of the task itself have no business there before. */
async function judgeBase(
  { tree, base, head }: Judging,
  before: SharedState,
  after: SharedState,
): Promise<Judged> {
  const { into } = before;
  const name = `refs/heads/${into}`;
  const [was, is] = [before.refs[name], after.refs[name]];
  if (into === null || was === undefined || was === is) return { notes: [], pastReview: null };
  const { repository, place } = tree;
  const undo = `git -C ${quoted(repository.path)} update-ref ${quoted(name)} ${was}`;
  if (is === undefined)
    return {
      notes: [
        `The branch ${into} was deleted during the run; it was at ${short(was)}. To have it back: ${undo}`,
      ],
      pastReview: null,
    };
  const taken = await findUnreviewed({ trees: dirname(tree.folder), repository, place }, { was, is, head });
  const from = (await gitLine(place, ['merge-base', was, head])) ?? base ?? was;
  if (taken.length > 0) await noteShownFrom(tree.folder, from);
  if (!(await areOfTheAgent(tree, taken)))
    return {
      notes: [await describeMove(tree, { into, was, is, undo, shared: taken.length })],
      pastReview: null,
    };
  await notePastReview(tree.folder, from);
  const count =
    taken.length === 1 ? 'One commit of this task stands' : `${taken.length} commits of this task stand`;
  return {
    notes: [],
    pastReview: `${count} in ${into} already, though nobody landed them: ${into} moved from ${short(was)} to ${short(is)} during the run. If that was you, all is well; if not, look at the changes, and take them back with: ${undo}`,
  };
}

interface Move {
  readonly into: string;
  readonly was: string;
  readonly is: string;
  readonly undo: string;
  /** How many of the new commits that nobody landed the task's branch has taken up. */
  readonly shared: number;
}

async function describeMove({ place }: TaskTree, { into, was, is, undo, shared }: Move): Promise<string> {
  const isForward = await isContained(place, was, is);
  const ours =
    shared === 0
      ? "None of this task's commits are in it."
      : `The task's branch has taken up ${shared} of its new commits that nobody landed here; so that nothing gets in unseen, they are shown with the changes of the task.`;
  const how = isForward
    ? `moved on from ${short(was)} to ${short(is)}`
    : `was moved from ${short(was)} to ${short(is)}, which does not hold all it held before,`;
  return `${into} ${how} during the run, by a landing or by somebody's commit. ${ours} If it was nobody you know, take it back with: ${undo}`;
}

/** Other branches and tags. A branch of another task that only grew is that task's work. */
async function describeRefs(
  { tree }: Judging,
  before: SharedState,
  after: SharedState,
): Promise<readonly string[]> {
  const names = [...new Set([...Object.keys(before.refs), ...Object.keys(after.refs)])].sort();
  const moved: string[] = [];
  for (const name of names) {
    const [was, is] = [before.refs[name], after.refs[name]];
    if (was === is || name === `refs/heads/${before.into}` || name.startsWith('refs/remotes/')) continue;
    const isTask = name.startsWith('refs/heads/qd/');
    if (isTask && is !== undefined && (was === undefined || (await isContained(tree.place, was, is))))
      continue;
    moved.push(describeRef(tree.repository, name, was, is));
  }
  return moved.length > MOST_NAMED
    ? [
        ...moved.slice(0, MOST_NAMED),
        `${moved.length - MOST_NAMED} more branches or tags changed during the run.`,
      ]
    : moved;
}

const MOST_NAMED = 5;

function describeRef(
  { path }: Repository,
  name: string,
  was: string | undefined,
  is: string | undefined,
): string {
  const shown = name.replace(/^refs\/heads\//, 'branch ').replace(/^refs\/tags\//, 'tag ');
  const lies = name.startsWith('refs/replace/')
    ? ' It makes git show another object than the one that is there; Quarterdeck does not heed it.'
    : '';
  if (was === undefined)
    return `New during the run: ${shown}, at ${short(is ?? '')}.${lies} To remove it: git -C ${quoted(path)} update-ref -d ${quoted(name)}`;
  const how =
    is === undefined ? `deleted; it was at ${short(was)}` : `moved from ${short(was)} to ${short(is)}`;
  return `During the run ${shown} was ${how}.${lies} To have it back as it was: git -C ${quoted(path)} update-ref ${quoted(name)} ${was}`;
}

function short(id: string): string {
  return id.slice(0, 10);
}
