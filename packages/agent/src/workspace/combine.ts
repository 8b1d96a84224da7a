import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findAdmin, removeAdmin } from './admin-folder.ts';
import { HEAD_TRAILER, type Landing, type Outcome, refused } from './landing.ts';
import { mergeTrees, treeOf } from './merge-trees.ts';
import { commitTree } from './tree.ts';

/**
 * Merges or squashes the branch onto the base and returns the commit; the base's own commit when there is nothing to add. Nobody's
 * files are touched, and no ref.
 */
export async function combine(landing: Landing): Promise<string | Outcome> {
  const { request, reader, base, head, into } = landing;
  await clearFormer(landing);
  const merged = await mergeTrees(landing);
  if (typeof merged !== 'string') return merged;
  const isSquash = request.strategy === 'squash';
  if (isSquash && merged === (await treeOf(reader, base))) return base;
  const parents = isSquash ? [base] : [base, head];
  const made = await commitTree(reader, { tree: merged, parents, message: commitMessage(landing) });
  return made.ok ? made.value : refused(`The commit for ${into} could not be made: ${made.failure}.`);
}

function commitMessage({ request, head, into }: Landing): string {
  const { message, title, taskId, branch, strategy } = request;
  const subject = title.replace(/\s+/g, ' ').trim();
  const usual = strategy === 'squash' ? `${subject} (${taskId})` : `Merge ${branch} into ${into}: ${subject}`;
  return `${message?.trim() || usual}\n\nQuarterdeck-Task: ${taskId}\n${HEAD_TRAILER}: ${head}\n`;
}

/** Earlier versions merged in a worktree of its own; a killed one left it behind. */
async function clearFormer({ request, repository }: Landing): Promise<void> {
  const path = join(resolve(request.home), 'landing', request.projectId);
  const admin = await findAdmin(repository, path);
  if (admin !== null) await removeAdmin(admin);
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
