import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { discardFolder } from './discard-folder.ts';
import { git, gitReason } from './git.ts';
import { isFolder, openRepository } from './repository.ts';
import { inRepositoryQueue } from './repository-queue.ts';
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
  if (!(await isFolder(path))) return attained({ deleted: Promise.resolve() });
  return kind === 'scratch' ? removeScratch(path) : removeWorktree(path, request.projectPath);
}

async function removeScratch(path: string): Promise<Removal> {
  // What the runner laid there is kept by the server too.
  const left = (await readdir(path)).filter((name) => name !== '.quarterdeck');
  if (left.length > 0) return failed('its files are nowhere else');
  return attained(await discardFolder(path));
}

async function removeWorktree(path: string, projectPath: string): Promise<Removal> {
  const repository = await openRepository(projectPath);
  if (!repository.ok) return repository;
  const danger = await whatWouldBeLost(path);
  if (danger !== null) return failed(danger);
  return inRepositoryQueue(repository.value.commonDir, async () => {
    const discarded = await discardFolder(path);
    // The folder is already away, so this only drops git's administrative files.
    const answer = await git(projectPath, ['worktree', 'remove', '--force', '--force', path]);
    if (answer.code !== 0) return failed(`it was removed, but git still lists it: ${gitReason(answer)}`);
    return attained(discarded);
  });
}

async function whatWouldBeLost(path: string): Promise<string | null> {
  const status = await git(path, ['status', '--porcelain', '-z', '--untracked-files=all']);
  if (status.code !== 0) return `git cannot read it (${gitReason(status)})`;
  if (status.stdout !== '') return 'it has uncommitted work';
  const holders = await git(path, [
    'for-each-ref',
    '--count=1',
    '--contains=HEAD',
    'refs/heads',
    'refs/remotes',
  ]);
  if (holders.code !== 0 || holders.stdout === '') return 'no branch holds its last commit';
  return (await hasInnerRepository(path)) ? 'it holds another git repository' : null;
}

// A repository inside a repository is only a pointer in its commits; its contents exist nowhere else.
async function hasInnerRepository(path: string): Promise<boolean> {
  const entries = await git(path, ['ls-files', '--stage', '-z']);
  const inner = entries.stdout.split('\0').filter((entry) => entry.startsWith('160000 '));
  const found = await Promise.all(
    inner.map((entry) =>
      access(join(path, entry.slice(entry.indexOf('\t') + 1), '.git')).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
