import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { authorSettings } from './author.ts';
import { git, gitLine, gitReason, splitPaths } from './git.ts';
import { type Landing, type Outcome, refused } from './landing.ts';

/** Names the commit of a branch that a squash holds, because git does not remember it. */
const HEAD_TRAILER = 'Quarterdeck-Head';

/**
 * Merges or squashes the branch onto the base in a clean worktree of its own, and returns the commit; the base's own commit when
 * there is nothing to add. The worktree is gone afterwards; what a killed attempt left there is cleared first.
 */
export async function combine(landing: Landing): Promise<string | Outcome> {
  const { request, repository, base } = landing;
  const path = join(resolve(request.home), 'landing', request.projectId);
  await clear(repository.path, path);
  await mkdir(dirname(path), { recursive: true });
  const added = await git(repository.path, ['worktree', 'add', '--detach', path, base], {
    timeoutMs: 30 * 60_000,
  });
  if (added.code !== 0) return refused(`A worktree for the merge could not be made: ${gitReason(added)}.`);
  try {
    return await combineIn(path, landing);
  } finally {
    await clear(repository.path, path);
  }
}

/** The folder is ours alone and holds nothing but a merge of commits that branches hold. */
async function clear(repositoryPath: string, path: string): Promise<void> {
  await git(repositoryPath, ['worktree', 'remove', '--force', '--force', path]);
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

async function combineIn(path: string, landing: Landing): Promise<string | Outcome> {
  const { request, base, head, into } = landing;
  const isSquash = request.strategy === 'squash';
  const author = await authorSettings(path);
  // Recorded resolutions would make a commit that nobody has seen.
  const settings = [...author, '-c', 'rerere.enabled=false'];
  const merged = await git(path, [
    ...settings,
    'merge',
    ...(isSquash ? ['--squash'] : ['--no-ff', '--no-commit']),
    '--no-verify',
    head,
  ]);
  if (merged.code !== 0) return explain(path, landing, gitReason(merged));
  const isEmpty = (await git(path, ['diff', '--cached', '--quiet', '--no-ext-diff'])).code === 0;
  if (isSquash && isEmpty) return base;
  const commit = ['commit', '--quiet', '--no-verify', '--no-gpg-sign', '--allow-empty', '--file=-'];
  const committed = await git(path, [...settings, ...commit], { input: commitMessage(landing) });
  const made = committed.code === 0 ? await gitLine(path, ['rev-parse', '--verify', 'HEAD']) : null;
  if (made !== null) return made;
  return refused(`The commit for ${into} could not be made: ${gitReason(committed)}.`);
}

async function explain(path: string, { request, into }: Landing, reason: string): Promise<Outcome> {
  const unmerged = await git(path, ['diff', '--name-only', '--diff-filter=U', '-z']);
  const files = splitPaths(unmerged.stdout);
  if (files.length === 0) return refused(`git cannot merge ${request.branch}: ${reason}.`);
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  return {
    status: 'conflict',
    files: [...files],
    message: `${into} and the work of this task changed the same lines in ${where}. Nothing was changed. Ask the agent to bring its branch up to date, or merge ${request.branch} by hand.`,
  };
}

function commitMessage({ request, head, into }: Landing): string {
  const { message, title, taskId, branch, strategy } = request;
  const subject = title.replace(/\s+/g, ' ').trim();
  const usual = strategy === 'squash' ? `${subject} (${taskId})` : `Merge ${branch} into ${into}: ${subject}`;
  return `${message?.trim() || usual}\n\nQuarterdeck-Task: ${taskId}\n${HEAD_TRAILER}: ${head}\n`;
}

/** The squash of exactly this commit in the base branch, made before a kill or by an earlier approval. */
export async function findSquash({ repository, base, head }: Landing): Promise<string | null> {
  const range = [`${head}..${base}`];
  const found = await gitLine(repository.path, [
    'log',
    '-1',
    '--format=%H',
    '--fixed-strings',
    `--grep=${HEAD_TRAILER}: ${head}`,
    ...range,
  ]);
  return found === '' ? null : found;
}
