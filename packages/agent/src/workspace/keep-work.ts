import type { LeftOut } from '@quarterdeck/contract/run';
import { type KeptWork, NOTHING_KEPT } from '@quarterdeck/contract/runner-protocol';
import { mendGitFile, restoreAdmin } from './admin-folder.ts';
import { type AgentIndex, type AgentView, readIndex, readView, restoreView } from './agent-view.ts';
import { readStat } from './diff-stat.ts';
import { quoted } from './file-names.ts';
import { findChangedSubmodules } from './filled-submodules.ts';
import { clearLeftovers } from './free-of-locks.ts';
import { gitLine } from './git.ts';
import { judgeShared } from './judge-shared.ts';
import { placeOnBranch } from './place-on-branch.ts';
import { readRef } from './refs.ts';
import { rehash } from './rehash.ts';
import { formerBaseRef, openRepository, type Repository, resolveBase } from './repository.ts';
import { stageAll } from './stage.ts';
import { openTaskTree, type TaskTree } from './task-tree.ts';
import { commitTree, resolveCommit, syncTo, writeTree } from './tree.ts';
import { whyUnfinished } from './unfinished.ts';
import type { KeepRequest, Unkept } from './workspace.ts';

/**
 * Commits everything uncommitted in a worktree of ours and makes its branch hold it; nothing to commit is fine. What cannot be in a
 * commit is left out and named. Every other folder is left as it is. To be called when the agent's processes are gone; called again
 * it goes on where it was cut off.
 */
export async function keepWork(request: KeepRequest): Promise<KeptWork> {
  if (request.kind !== 'worktree' || request.branch === null) return NOTHING_KEPT;
  const opened = await openRepository(request.projectPath);
  if (!opened.ok)
    return unkept({ failure: `The work could not be committed: ${opened.failure}`, remedy: null });
  const tree = await openTaskTree(request.trees, request.path, opened.value);
  if (!tree.ok) return unkept({ failure: `The work could not be committed: ${tree.failure}`, remedy: null });
  await clearLeftovers(tree.value.folder);
  return keepIn({ request, branch: request.branch, tree: tree.value, repository: opened.value });
}

interface Keeping {
  readonly request: KeepRequest;
  readonly branch: string;
  readonly tree: TaskTree;
  readonly repository: Repository;
}

async function keepIn(keeping: Keeping): Promise<KeptWork> {
  const { request, branch, tree } = keeping;
  const { notes, admin } = await mend(keeping);
  const view = admin === null ? null : await readView(tree, admin);
  const start = await findStart(keeping, view);
  if (start === null)
    return unkept({
      failure: `The work could not be committed: neither ${request.path} nor branch ${branch} has a commit that can be read.`,
      remedy: null,
    });
  const index = admin === null ? null : await readIndex(tree, admin, start);
  const base = await findBase(keeping, start);
  const made = await commitAll(keeping, { start, view, index });
  const outcome = 'failure' in made ? made : await placeGenuine(keeping, base, { ...made, view, admin });
  const head = 'commit' in outcome ? outcome.commit : start;
  const judged = await judgeShared({ tree, branch, baseBranch: request.baseBranch, base, head });
  const common = { base, notes: [...notes, ...judged.notes], pastReview: judged.pastReview };
  if ('failure' in outcome)
    return {
      ...unkept(outcome),
      ...common,
      commit: outcome.keptAs ?? null,
      leftOut: [...(outcome.leftOut ?? [])],
    };
  const span = base === null ? null : [base, outcome.commit, '--'];
  const diffStat = span === null ? null : await readStat(tree.place, span);
  return { ...NOTHING_KEPT, ...common, commit: outcome.commit, diffStat, leftOut: [...outcome.leftOut] };
}

function unkept({ failure, remedy }: Unkept): KeptWork {
  return { ...NOTHING_KEPT, keepFailure: failure, keepRemedy: remedy };
}

/** The worktree's `.git` file and its folder in the repository lead from one to the other, or are made to. */
async function mend({ request, branch, tree }: Keeping): Promise<{ notes: string[]; admin: string | null }> {
  const { admin } = tree;
  if (admin === null || !(await restoreAdmin(admin, request.path, branch)))
    return {
      notes: [
        'git no longer knows the worktree of this task. Its files were kept; what the agent had staged there is not known.',
      ],
      admin: null,
    };
  const mended = await mendGitFile(request.path, admin);
  return { notes: mended === null ? [] : [mended], admin };
}

/** The commit that the agent's work goes on from: what it has checked out, else the branch, else the base. */
async function findStart({ request, branch, tree, repository }: Keeping, view: AgentView | null) {
  for (const id of [
    view?.head ?? null,
    await readRef(repository.refs, `refs/heads/${branch}`),
    request.base,
  ]) {
    const commit = await resolveCommit(tree.place, id);
    if (commit !== null) return commit;
  }
  return null;
}

/** Builds of before the two ids remembered the base in a ref; without it the work counts from where it left the base branch. */
async function findBase(
  { request, branch, tree, repository }: Keeping,
  start: string,
): Promise<string | null> {
  const given = request.base ?? (await readRef(repository.refs, formerBaseRef(branch)));
  const known = await resolveCommit(tree.place, given);
  if (known !== null) return known;
  const from = await resolveBase(repository, request.baseBranch);
  return from.ok ? gitLine(tree.place, ['merge-base', from.value.commit, start]) : null;
}

interface Begun {
  readonly start: string;
  readonly view: AgentView | null;
  readonly index: AgentIndex | null;
}

interface Committed {
  readonly commit: string;
  readonly leftOut: readonly LeftOut[];
}

interface Left {
  readonly keptAs?: string;
  readonly leftOut?: readonly LeftOut[];
}

async function commitAll(
  { request, tree }: Keeping,
  { start, view, index }: Begun,
): Promise<Committed | (Unkept & Left)> {
  const failure = (why: string) => ({
    failure: `The work in ${request.path} could not be committed: ${why} The files are untouched.`,
    remedy: null,
  });
  const synced = await syncTo(tree, start);
  if (!synced.ok) return failure(synced.failure);
  const unmerged = index?.unmerged ?? new Map();
  const unfinished = await whyUnfinished({ tree, view, unmerged, taskId: request.taskId });
  if (unfinished !== null) return unfinished;
  const staged = await stageAll(tree, index?.added ?? []);
  if (!staged.ok) return failure(`${staged.failure}.`);
  const inside = await findChangedSubmodules(tree, tree.repository);
  const isNamed = ({ path }: LeftOut) => staged.value.some((each) => each.path === path);
  const leftOut = [...staged.value, ...inside.filter((each) => !isNamed(each))];
  const written = await writeTree(tree);
  if (!written.ok) return failure(written.failure);
  const parents = [start, ...(view?.mergeHeads ?? [])];
  if (parents.length === 1 && written.value === (await gitLine(tree.place, ['rev-parse', `${start}^{tree}`])))
    return { commit: start, leftOut };
  const title = request.title.replace(/\s+/g, ' ').trim();
  const message = `${title} (${request.taskId})\n\nAgent: ${request.agentName}\n`;
  const made = await commitTree(tree.place, { tree: written.value, parents, message });
  return made.ok ? { commit: made.value, leftOut } : failure(`${made.failure}.`);
}

interface Placing extends Committed {
  readonly view: AgentView | null;
  readonly admin: string | null;
}

/** Nobody gets to see or land what is stored under a name that is not its own. */
async function placeGenuine(
  keeping: Keeping,
  base: string | null,
  placing: Placing,
): Promise<Committed | (Unkept & Left)> {
  const genuine = await rehash({ place: keeping.tree.place, from: base, to: placing.commit });
  if (genuine.ok) return place(keeping, placing);
  const failure = `The work in ${keeping.request.path} could not be kept: ${genuine.failure}. Then keep the work again; its files are untouched.`;
  return {
    failure,
    remedy: `git -C ${quoted(keeping.request.projectPath)} fsck --full`,
    leftOut: placing.leftOut,
  };
}

/** The branch takes up the commit, and the agent's own git finds everything committed. */
async function place(keeping: Keeping, { commit, leftOut, admin }: Placing) {
  const { request, branch, tree, repository } = keeping;
  const refused = await placeOnBranch({
    tree,
    repository,
    path: request.path,
    branch,
    commit,
    name: request.runId,
  });
  if (refused !== null) return { ...refused, keptAs: commit, leftOut };
  const synced = await syncTo(tree, commit);
  if (synced.ok && admin !== null) await restoreView(tree, admin, branch);
  return { commit, leftOut };
}
