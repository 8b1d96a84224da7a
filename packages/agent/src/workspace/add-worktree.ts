import { access, mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { discardFolder } from './discard-folder.ts';
import { git, gitLine, gitReason } from './git.ts';
import type { ParentBranch } from './merge-parents.ts';
import { READY_MARKER } from './ready-marker.ts';
import type { Repository } from './repository.ts';
import { isContained, isFolder, resolveCommit } from './repository.ts';
import type { Attempt, OnProgress } from './workspace.ts';
import { attained, failed } from './workspace.ts';
import { isRegisteredWorktree } from './worktree-list.ts';

/**
 * Whether a complete worktree is at the path. Everything else in the way is cleared: administrative files of a folder that is gone,
 * a preparation that was cut off; a folder git does not know is set aside, never deleted.
 */
export async function clearStale(
  repository: Repository,
  path: string,
  onProgress: OnProgress,
): Promise<boolean> {
  const isRegistered = await isRegisteredWorktree(repository.path, path);
  const isThere = await isFolder(path);
  if (isRegistered && isThere && (await isReady(path))) return true;
  if (isThere && isRegistered) void (await discardFolder(path)).deleted;
  else if (isThere) {
    const aside = `${path}-set-aside-${Date.now()}`;
    await rename(path, aside);
    onProgress(`A folder git does not know was in the way of the workspace; it is now at ${aside}.`);
  }
  if (isRegistered) await git(repository.path, ['worktree', 'remove', '--force', '--force', path]);
  return false;
}

async function isReady(path: string): Promise<boolean> {
  const marker = await gitLine(path, ['rev-parse', '--path-format=absolute', '--git-path', READY_MARKER]);
  if (marker === null) return false;
  return access(marker).then(
    () => true,
    () => false,
  );
}

interface Addition {
  readonly repository: Repository;
  readonly path: string;
  readonly branch: string;
  readonly base: { readonly commit: string; readonly label: string };
  readonly parents: readonly ParentBranch[];
}

/** Adds the worktree on the branch, or on a fresh branch from the first parent with work of its own, else from the base. Says what it did. */
export async function addWorktree(addition: Addition): Promise<Attempt<string>> {
  const { repository, path, branch } = addition;
  await mkdir(dirname(path), { recursive: true });
  const hasBranch = (await resolveCommit(repository.path, `refs/heads/${branch}`)) !== null;
  const start = hasBranch ? null : await chooseStart(addition);
  const args = start === null ? [path, branch] : ['--no-track', '-b', branch, path, start.commit];
  const add = () => git(repository.path, ['worktree', 'add', ...args], { timeoutMs: 30 * 60_000 });
  let answer = await add();
  if (answer.code !== 0 && (await freeFromMissing(repository, answer.stderr))) answer = await add();
  if (answer.code === 0) {
    return attained(
      start === null
        ? `Checked out branch ${branch} again.`
        : `Started branch ${branch} from ${start.label}.`,
    );
  }
  return failed(
    `The worktree for branch ${branch} could not be made: ${gitReason(answer)}. ${advise(answer.stderr, branch)}`,
  );
}

/** Whether git held the branch for a folder that is gone, such as one in a home that was moved, and has let go of it now. */
async function freeFromMissing(repository: Repository, refusal: string): Promise<boolean> {
  const holder = /already (?:checked out|used by worktree) at '(.+)'/.exec(refusal)?.[1];
  if (holder === undefined || (await isFolder(holder))) return false;
  const freed = await git(repository.path, ['worktree', 'remove', '--force', '--force', holder]);
  return freed.code === 0;
}

async function chooseStart({ repository, base, parents }: Addition) {
  for (const parent of parents) {
    if (!(await isContained(repository.path, parent.commit, base.commit))) {
      return { commit: parent.commit, label: parent.name };
    }
  }
  return base;
}

function advise(stderr: string, branch: string): string {
  if (/already (checked out|used by worktree)/.test(stderr)) {
    return `The branch ${branch} is checked out in another folder; switch that one to another branch, then retry the task.`;
  }
  if (/cannot lock ref|unable to create directory|cannot create/.test(stderr)) {
    return `A branch whose name is a part of ${branch} may be in the way; rename it, then retry the task.`;
  }
  return 'See what git says, then retry the task.';
}
