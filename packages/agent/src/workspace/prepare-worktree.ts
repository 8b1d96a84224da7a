import { join, resolve } from 'node:path';
import { clearStale } from './add-worktree.ts';
import { copyIncludedFiles } from './copy-included-files.ts';
import { fillSubmodules } from './fill-submodules.ts';
import { gitLine } from './git.ts';
import { lay, reuse, type Site, takeUp } from './lay-worktree.ts';
import { findParents } from './merge-parents.ts';
import { noteLfs } from './note-lfs.ts';
import { readPlain, replaceFile } from './private-folder.ts';
import { READY_MARKER } from './ready-marker.ts';
import { readRef } from './refs.ts';
import { findTop, formerBaseRef, openRepository, resolveBase } from './repository.ts';
import { inRepositoryQueue } from './repository-queue.ts';
import { isOfBase, setUpWorktree } from './set-up-worktree.ts';
import { noteShared } from './shared-folder.ts';
import { openReader, openTaskTree, treeFolder } from './task-tree.ts';
import { resolveCommit } from './tree.ts';
import type { Attempt, OnProgress, PreparedWorkspace, PrepareRequest } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/** A git worktree below `<home>/workspaces/<projectId>/<taskId>` on the task's own branch; reused when it is there from an earlier attempt. */
export async function prepareWorktree(
  request: PrepareRequest,
  onProgress: OnProgress,
): Promise<Attempt<PreparedWorkspace>> {
  const { order, trees } = request;
  const opened = await openRepository(order.project.path);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const path = join(resolve(request.home), 'workspaces', order.project.id, order.taskId);
  const branch = order.workspace.branch ?? `qd/${order.taskId}`;
  const site: Site = { order, repository, trees, path, branch, reader: await openReader(trees, repository) };
  const made = await inRepositoryQueue(repository.commonDir, () => makeOrReuse(site, onProgress));
  if (!made.ok) return made;
  const { prepared } = made.value;
  const filled = prepared.isReused
    ? attained(NOTHING_TOLD)
    : await fill({ ...site, isFromBase: made.value.isFromBase }, request.signal, onProgress);
  if (!filled.ok) return filled;
  await noteShared(repository, {
    folder: treeFolder(trees, path),
    branch,
    baseBranch: order.project.baseBranch,
  });
  const { notes, warnings } = filled.value;
  const said = { ...prepared, notes: [...prepared.notes, ...notes] };
  return attained(warnings.length === 0 ? said : { ...said, warnings });
}

interface Told {
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

const NOTHING_TOLD: Told = { notes: [], warnings: [] };

interface Made {
  readonly prepared: PreparedWorkspace;
  /** Whether all its files are those of the base branch. */
  readonly isFromBase: boolean;
}

async function makeOrReuse(site: Site, onProgress: OnProgress): Promise<Attempt<Made>> {
  const { repository, order, reader } = site;
  const start = await resolveBase(repository, order.project.baseBranch);
  if (!start.ok) return start;
  const found = await findParents(repository, reader, order.workspace.startFrom);
  const isReused = await clearStale(site, onProgress);
  const laid = isReused
    ? await reuse(site, onProgress)
    : await lay(site, { start: start.value, ...found }, onProgress);
  if (!laid.ok) return laid;
  const { tree, head } = laid.value;
  const merged = head === null ? { head, notes: [] } : await takeUp(site, { tree, head }, found.parents);
  const notes = [...found.notes, ...laid.value.notes, ...merged.notes];
  for (const note of notes) onProgress(note);
  const heads = { before: head, after: merged.head, isFresh: laid.value.isFresh };
  const base = await chooseBase(site, { start: start.value.commit, ...heads });
  return attained({
    prepared: { path: site.path, branch: site.branch, base, notes, isReused },
    isFromBase: merged.head !== null && (await isOfBase(reader, merged.head, start.value.commit)),
  });
}

interface Heads {
  readonly start: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isFresh: boolean;
}

/** In the private folder: where the changes of the task count from, for a server that was not told yet. */
const BASE_NOTE = 'base';

/** The base moves along with what was merged as long as the task itself has added nothing. */
async function chooseBase(site: Site, { start, before, after, isFresh }: Heads): Promise<string | null> {
  const note = join(treeFolder(site.trees, site.path), BASE_NOTE);
  const known = isFresh ? before : await readKnownBase(site, note);
  const tip = after ?? (await readRef(site.repository.refs, `refs/heads/${site.branch}`));
  const base =
    known === null && tip !== null ? await gitLine(site.reader, ['merge-base', start, tip]) : known;
  const moved = base === before ? after : (base ?? after);
  if (moved !== null) await replaceFile(note, moved);
  return moved;
}

async function readKnownBase(
  { order, repository, reader, branch }: Site,
  note: string,
): Promise<string | null> {
  const given = await resolveCommit(reader, order.workspace.base);
  if (given !== null) return given;
  const noted = (await readPlain(note)) ?? (await readRef(repository.refs, formerBaseRef(branch)));
  return resolveCommit(reader, noted);
}

/** Fills a fresh worktree with what is in no commit. Gives what the agent should know. */
async function fill(
  site: Site & Pick<Made, 'isFromBase'>,
  signal: AbortSignal | undefined,
  onProgress: OnProgress,
): Promise<Attempt<Told>> {
  const { repository, path, reader, trees } = site;
  try {
    const copied = await copyIncludedFiles(repository, reader, path);
    if (copied.length > 0) onProgress(`Copied ${copied.length} ignored files named in .worktreeinclude.`);
  } catch (error) {
    return failed(`A file named in .worktreeinclude could not be copied: ${(error as Error).message}.`);
  }
  const warnings = await fillInside(site, onProgress);
  if (!warnings.ok) return warnings;
  const setUp = await setUpWorktree(site, signal, onProgress);
  if (!setUp.ok) return setUp;
  await replaceFile(join(treeFolder(trees, path), READY_MARKER), '');
  return attained({ notes: [...warnings.value, ...setUp.value], warnings: warnings.value });
}

/** What git itself leaves out of a worktree. */
async function fillInside(
  { repository, path, trees }: Site,
  onProgress: OnProgress,
): Promise<Attempt<readonly string[]>> {
  const tree = await openTaskTree(trees, path, repository);
  if (!tree.ok) return tree;
  const submodules = await fillSubmodules(
    { repository, tree: tree.value, top: await findTop(repository.path) },
    onProgress,
  );
  const warnings = [...submodules, ...(await noteLfs(tree.value, repository.person))];
  for (const warning of warnings) onProgress(warning);
  return attained(warnings);
}
