// What people have checked out: the HEAD of the project's folder and of its worktrees that are not ours. Every agent can write there.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isRealFolder } from './admin-folder.ts';
import { quoted } from './file-names.ts';
import { readPlain } from './private-folder.ts';
import type { Repository } from './repository.ts';

/** What each folder has checked out, as its HEAD says. */
export async function readCheckedOut(
  { commonDir, path }: Repository,
  trees: string,
): Promise<Readonly<Record<string, string>>> {
  const heads: Record<string, string> = {};
  const main = await readPlain(join(commonDir, 'HEAD'));
  if (main !== null) heads[basename(commonDir) === '.git' ? dirname(commonDir) : path] = main.trimEnd();
  const root = join(commonDir, 'worktrees');
  for (const name of (await isRealFolder(root)) ? await readdir(root) : []) {
    const gitFile = await readPlain(join(root, name, 'gitdir'));
    const head = await readPlain(join(root, name, 'HEAD'));
    if (gitFile === null || head === null) continue;
    const folder = dirname(gitFile.trimEnd());
    if (!(await isRealFolder(join(trees, basename(folder))))) heads[folder] = head.trimEnd();
  }
  return heads;
}

/** Sentences about folders that have something else checked out than before; folders that are new or gone are nobody's checkout. */
export function describeCheckedOut(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(before).flatMap(([folder, was]) => {
    const is = after[folder];
    if (is === undefined || is === was) return [];
    const branch = branchOf(was);
    const undo =
      branch === null
        ? `update-ref --no-deref HEAD ${quoted(was)}`
        : `symbolic-ref HEAD ${quoted(`refs/heads/${branch}`)}`;
    return [
      `${folder} had ${shownHead(was)} checked out when the run began, and has ${shownHead(is)} now. If that was you, all is well; if nobody you know did it, say again what is checked out there, which touches no file: git -C ${quoted(folder)} ${undo}`,
    ];
  });
}

function branchOf(head: string): string | null {
  return /^ref: refs\/heads\/(.+)$/.exec(head)?.[1] ?? null;
}

function shownHead(head: string): string {
  const branch = branchOf(head);
  return branch === null ? `the commit ${head.slice(0, 10)}` : `branch ${branch}`;
}
