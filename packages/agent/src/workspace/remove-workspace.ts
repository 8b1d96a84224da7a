import { lstat, readdir } from 'node:fs/promises';
import { isRealFolder, removeAdmin } from './admin-folder.ts';
import { readIndex, readView } from './agent-view.ts';
import { discardFolder } from './discard-folder.ts';
import { pathOf, shown } from './file-names.ts';
import { findUntouchedSubmodules } from './filled-submodules.ts';
import { git } from './git.ts';
import { withIndexCopy } from './live-diff.ts';
import { listRefs } from './refs.ts';
import { openRepository, type Repository } from './repository.ts';
import { inRepositoryQueue } from './repository-queue.ts';
import { readNoted } from './shared-folder.ts';
import { readChanges, readGitlinks } from './stage.ts';
import { forgetTree, openTaskTree, type TaskTree } from './task-tree.ts';
import { resolveCommit } from './tree.ts';
import type { Attempt, RemoveRequest } from './workspace.ts';
import { attained, failed } from './workspace.ts';

type Removal = Attempt<{ readonly deleted: Promise<void> }>;

/**
 * Takes away a workspace whose work is safe: a worktree without uncommitted changes whose commits a branch holds, or an empty
 * scratch folder. The answer comes at once; `deleted` resolves when the slow part is over. Otherwise says why it stays, in half
 * a sentence.
 */
export async function removeWorkspace(request: RemoveRequest): Promise<Removal> {
  const { path, kind } = request;
  if (kind === 'dir') return failed("it is the person's own folder, which Quarterdeck never removes");
  const found = await lstat(path).catch(() => null);
  if (found === null) return attained({ deleted: Promise.resolve() });
  if (!found.isDirectory()) return failed('it is no longer a folder of its own but a link or a file');
  return kind === 'scratch' ? removeScratch(path) : removeWorktree(request);
}

async function removeScratch(path: string): Promise<Removal> {
  // What the runner laid there is kept by the server too.
  const left = (await readdir(path)).filter((name) => name !== '.quarterdeck');
  if (left.length > 0) return failed('its files are nowhere else');
  return attained(await discardFolder(path));
}

async function removeWorktree({ path, projectPath, trees }: RemoveRequest): Promise<Removal> {
  const opened = await openRepository(projectPath);
  if (!opened.ok) return opened;
  const repository = opened.value;
  const tree = await openTaskTree(trees, path, repository);
  if (!tree.ok) return tree;
  const { admin } = tree.value;
  if (admin === null || !(await isRealFolder(admin)))
    return failed('git no longer knows it, so nobody can say what is in it');
  const danger = await whatWouldBeLost(tree.value, repository, admin);
  if (danger !== null) return failed(danger);
  return inRepositoryQueue(repository.commonDir, async () => {
    const discarded = await discardFolder(path);
    await removeAdmin(admin);
    const { pastReviewFrom, shownFrom } = await readNoted(trees, path);
    if (pastReviewFrom === null && shownFrom === null) await forgetTree(trees, path);
    return attained(discarded);
  });
}

async function whatWouldBeLost(
  tree: TaskTree,
  repository: Repository,
  admin: string,
): Promise<string | null> {
  const view = await readView(tree, admin);
  const head = await resolveCommit(tree.place, view.head);
  if (head === null) return 'git cannot read what is checked out there';
  const staged = (await readIndex(tree, admin, head)).added;
  return withIndexCopy(tree, head, async (place) => {
    const links = await readGitlinks(place);
    const read = await readChanges(place, links);
    if (!read.ok) return read.failure;
    const { changed, added, nested } = read.value;
    if (changed.length + added.length + staged.length > 0) return 'it has uncommitted work';
    if (!(await isHeld(tree, repository, head))) return 'no branch holds its last commit';
    if (nested.length > 0) return 'it holds another git repository';
    const untouched = await findUntouchedSubmodules(tree, repository);
    const others = [...links].filter((link) => !untouched.has(shown(link)));
    return (await hasInnerRepository(tree.path, new Set(others))) ? 'it holds another git repository' : null;
  });
}

async function isHeld({ place }: TaskTree, { refs }: Repository, head: string): Promise<boolean> {
  const holders = await listRefs(refs, ['refs/heads', 'refs/remotes']);
  const input = [...new Set(holders.values())].map((id) => `^${id}\n`).join('');
  const asked = ['rev-list', '--max-count=1', '--ignore-missing', '--stdin'];
  const answer = await git(place, asked, { input: `${head}\n${input}` });
  return answer.code === 0 && answer.stdout === '';
}

// A repository inside a repository is only a pointer in its commits; its contents exist nowhere else.
async function hasInnerRepository(path: string, links: ReadonlySet<string>): Promise<boolean> {
  const found = await Promise.all(
    [...links].map((link) =>
      lstat(pathOf(path, `${link}/.git`)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
