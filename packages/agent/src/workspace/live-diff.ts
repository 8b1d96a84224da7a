import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { isRealFolder } from './admin-folder.ts';
import { type AgentIndex, readIndex, readView } from './agent-view.ts';
import { copyIndex } from './copy-index.ts';
import { COPY_PREFIX } from './free-of-locks.ts';
import { git, gitLine, type Place } from './git.ts';
import { inertPlace, makePrivateFolder, privatePlace } from './private-folder.ts';
import { readSpan } from './read-span.ts';
import { findTop, openRepository, type Repository, readHead } from './repository.ts';
import { emptyTree, showDiff } from './show-diff.ts';
import { type Changes, findPassedOver, nameNested, readChanges, readGitlinks } from './stage.ts';
import { openTaskTree } from './task-tree.ts';
import { headOf, resolveCommit, type Tree } from './tree.ts';
import type { DiffAnswer, DiffQuery } from './workspace.ts';
import { attained, failed } from './workspace.ts';

/** The files of a workspace as they are now, against its base. Neither its index nor a repository an agent made there has a say. */
export async function readLiveDiff(query: DiffQuery, repository?: Repository): Promise<DiffAnswer> {
  const { workspacePath: path, branch } = query;
  if (path === null || !(await isRealFolder(path)))
    return failed(`The workspace ${path ?? 'of this run'} is gone; its changes can no longer be shown.`);
  if (repository === undefined) return readFolderDiff(query, path);
  const opened = await openTaskTree(query.trees, path, repository);
  if (!opened.ok) return opened;
  const tree = opened.value;
  const view = tree.admin === null ? null : await readView(tree, tree.admin);
  const head = (await resolveCommit(tree.place, view?.head ?? null)) ?? (await headOf(tree));
  const index = tree.admin === null || head === null ? null : await readIndex(tree, tree.admin, head);
  const base =
    (await resolveCommit(tree.place, query.base)) ?? (await leftAt(query, repository, tree.place, head));
  const added = index?.added ?? [];
  return withIndexCopy(tree, head, (place) =>
    compare(inertPlace(tree.folder, place), { base, head, branch, added }),
  );
}

async function leftAt(
  { trees, workspacePath, branch, baseBranch }: DiffQuery,
  repository: Repository,
  place: Place,
  head: string | null,
): Promise<string | null> {
  if (head === null) return null;
  const asked = { repository, reader: place, trees, workspacePath, branch, baseBranch, base: null, head };
  return (await readSpan(asked)).base;
}

interface Comparison {
  readonly base: string | null;
  readonly head: string | null;
  readonly branch: string | null;
  readonly added: AgentIndex['added'];
}

async function compare(place: Place, comparison: Comparison): Promise<DiffAnswer> {
  const { base, head, branch, added } = comparison;
  const read = await readChanges(place, await readGitlinks(place));
  if (!read.ok) return read;
  const changes = read.value;
  await intend(place, [...changes.added, ...added.filter((path) => !changes.changed.includes(path))]);
  const from = base ?? (await emptyTree(place));
  const passedOver = await findPassedOver(place, changes.added);
  const leftOut = [...nameNested(changes.nested), ...passedOver];
  const rest = { hasUncommitted: isDirty(changes, added), leftOut };
  return showDiff(place, { base, head, branch, span: [from, '--', '.'], rest });
}

function isDirty({ changed, added, nested }: Changes, staged: readonly string[]): boolean {
  return changed.length + added.length + nested.length + staged.length > 0;
}

/** Lets git see files as added without storing them. */
async function intend(place: Place, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const empty = await gitLine(place, ['hash-object', '-t', 'blob', '--stdin']);
  const input = paths.map((path) => `100644 ${empty}\t${path}\0`).join('');
  await git(place, ['update-index', '--add', '--replace', '-z', '--index-info'], {
    input,
    encoding: 'latin1',
  });
}

/** Works with a copy of a tree's index, brought to a commit: what is written there changes nothing. */
export async function withIndexCopy<T>(
  tree: Tree,
  head: string | null,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tree.folder, COPY_PREFIX));
  try {
    const GIT_INDEX_FILE = join(folder, 'index');
    const place = { ...tree.place, env: { ...tree.place.env, GIT_INDEX_FILE } };
    await copyIndex(join(tree.folder, 'index'), GIT_INDEX_FILE);
    if (head !== null && (await headOf(tree)) !== head) await git(place, ['read-tree', '--reset', head]);
    return await work(place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A given folder against what is checked out there; a folder of a larger repository shows only its own changes. */
async function readFolderDiff(query: DiffQuery, path: string): Promise<DiffAnswer> {
  const opened = await openRepository(path);
  if (!opened.ok) return attained(nothing(query.branch));
  const repository = opened.value;
  const root = await findTop(path);
  if (root === null) return attained(nothing(query.branch));
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-folder-'));
  try {
    const owner = { repository, person: repository.person };
    const inner = join(folder, 'git');
    await makePrivateFolder(inner, owner);
    const place = { ...inertPlace(inner, privatePlace(inner, owner, root)), cwd: path };
    const { branch, commit } = await readHead(repository);
    await copyIndex(join(repository.gitDir, 'index'), join(inner, 'index'));
    const head = await resolveCommit(place, commit);
    return await compare(place, { base: head, head, branch, added: [] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function nothing(branch: string | null): WorkspaceDiff {
  const stat = { files: 0, added: 0, removed: 0 };
  return {
    ...{ base: null, head: null, branch, patch: '', isCut: false, stat, hasUncommitted: false },
    ...{ leftOut: [], startedFrom: null },
  };
}
