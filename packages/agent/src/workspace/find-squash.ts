import { gitLine } from './git.ts';
import { HEAD_TRAILER, type Landing } from './landing.ts';
import { mergeTrees, treeOf } from './merge-trees.ts';

/**
 * The squash of exactly this commit in the base branch, made before a kill or by an earlier approval. Anybody can write such a line
 * into a commit, so it counts only when the commit holds what the squash would hold.
 */
export async function findSquash(landing: Landing): Promise<string | null> {
  const { reader, base, head } = landing;
  const search = ['log', '-1', '--format=%H', '--fixed-strings', `--grep=${HEAD_TRAILER}: ${head}`];
  const found = await gitLine(reader, [...search, `${head}..${base}`]);
  if (found === null || found === '') return null;
  const parent = await gitLine(reader, ['rev-parse', '--verify', '--quiet', `${found}^1`]);
  const held = await treeOf(reader, found);
  if (parent === null) return null;
  const merged = await mergeTrees({ ...landing, base: parent });
  return merged === held ? found : null;
}
