import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findAdmin } from './admin-folder.ts';
import { takeOverExclude } from './exclude-list.ts';
import type { Place } from './git.ts';
import { makePrivateFolder, privatePlace, readPlain, takeOverDepth } from './private-folder.ts';
import type { Repository } from './repository.ts';
import { openTree, type Tree } from './tree.ts';
import { type Attempt, attained } from './workspace.ts';

/** The worktree of a task: its files, its private git folder, and where the repository keeps the agent's own git's state. */
export interface TaskTree extends Tree {
  readonly repository: Repository;
  /** Null when the repository knows no worktree here. */
  readonly admin: string | null;
}

/** The private git folder of the workspace at a path: the folder of a task bears its id. */
export function treeFolder(trees: string, path: string): string {
  return join(trees, basename(path));
}

/** In the private folder: where the repository keeps what git knows of the worktree. */
export const ADMIN_NOTE = 'admin-folder';

/** Opens the worktree of a task, also one that an earlier version of the program made. */
export async function openTaskTree(
  trees: string,
  path: string,
  repository: Repository,
): Promise<Attempt<TaskTree>> {
  const folder = treeFolder(trees, path);
  const opened = await openTree(folder, path, { repository, person: repository.person });
  if (!opened.ok) return opened;
  const noted = await readPlain(join(folder, ADMIN_NOTE));
  const admin = noted ?? (await findAdmin(repository, path));
  return attained({ ...opened.value, repository, admin });
}

/** A place to read committed objects of a repository with, without any files. */
export async function openReader(trees: string, repository: Repository): Promise<Place> {
  const owner = { repository, person: repository.person };
  const folder = join(trees, readerName(repository.commonDir));
  await makePrivateFolder(folder, owner);
  await takeOverExclude(trees, folder, repository);
  await takeOverDepth(folder, repository);
  return privatePlace(folder, owner, null);
}

/** Forgets the private folder of a workspace that is gone. */
export async function forgetTree(trees: string, path: string): Promise<void> {
  await rm(treeFolder(trees, path), { recursive: true, force: true, maxRetries: 3 });
}

function readerName(commonDir: string): string {
  return `repository-${createHash('sha256').update(commonDir).digest('hex').slice(0, 24)}`;
}
