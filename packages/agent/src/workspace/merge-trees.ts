import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { git, gitLine, gitReason, type Place, splitPaths } from './git.ts';
import { type Landing, type Outcome, refused } from './landing.ts';
import { makePrivateFolder, privatePlace, takeOverDepth } from './private-folder.ts';
import { isContained } from './tree.ts';

/** What a merge needs to know of a landing. */
export type Merge = Pick<Landing, 'request' | 'repository' | 'reader' | 'base' | 'head' | 'into'>;

/** The tree of the base with the work in it. */
export async function mergeTrees(landing: Merge): Promise<string | Outcome> {
  const { request, repository, reader, base, head } = landing;
  if (await isContained(reader, base, head))
    return (await treeOf(reader, head)) ?? refused(`${head} has no files.`);
  const folder = join(request.trees, `merge-${basename(reader.env.GIT_DIR ?? '')}`);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const owner = { repository, person: repository.person };
    const inner = join(folder, 'git');
    await mkdir(join(folder, 'files'), { recursive: true });
    await makePrivateFolder(inner, owner);
    await takeOverDepth(inner, repository);
    return await mergeIn(privatePlace(inner, owner, join(folder, 'files')), landing);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

// Only attributes are laid as files, because they say how files are merged; all others git merges without them.
const SPARSE = ['-c', 'core.sparseCheckout=true', '-c', 'core.sparseCheckoutCone=false'];

async function mergeIn(place: Place, landing: Merge): Promise<string | Outcome> {
  const { base, head } = landing;
  const folder = place.env.GIT_DIR ?? '';
  await writeFile(join(folder, 'info/sparse-checkout'), '.gitattributes\n');
  await writeFile(join(folder, 'HEAD'), `${base}\n`);
  const patience = { timeoutMs: 30 * 60_000 };
  const read = await git(place, [...SPARSE, 'read-tree', '-m', '-u', base], patience);
  if (read.code !== 0) return refused(`The base branch could not be read: ${gitReason(read)}.`);
  const merge = [...SPARSE, 'merge', '--no-ff', '--no-commit', '--no-verify', '--no-stat', head];
  const merged = await git(place, merge, patience);
  if (merged.code !== 0) return explain(place, landing, gitReason(merged));
  const written = await git(place, ['write-tree']);
  return written.code === 0
    ? written.stdout.trim()
    : refused(`The merged files could not be stored: ${gitReason(written)}.`);
}

async function explain(place: Place, { request, into }: Merge, reason: string): Promise<Outcome> {
  const unmerged = await git(place, ['diff', '--name-only', '--diff-filter=U', '-z']);
  const files = splitPaths(unmerged.stdout);
  if (files.length === 0)
    return refused(`git cannot merge ${request.branch}: ${reason}.${adviseMerging(reason)}`);
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  return {
    status: 'conflict',
    files: [...files],
    message: `${into} and the work of this task changed the same lines in ${where}. Nothing was changed. Ask the agent to bring its branch up to date, or merge ${request.branch} by hand.`,
  };
}

function adviseMerging(reason: string): string {
  return /unrelated histories/.test(reason)
    ? ' The base branch was rewritten since the task began. Ask the agent to put its changes on the new one, or set the base branch in the settings of the project.'
    : '';
}

export function treeOf(reader: Place, commit: string): Promise<string | null> {
  return gitLine(reader, ['rev-parse', '--verify', '--quiet', `${commit}^{tree}`]);
}
