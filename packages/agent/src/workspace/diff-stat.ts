import type { DiffStat } from '@quarterdeck/contract/run';
import { git } from './git.ts';

/** Neither the person's settings nor programs named in the repository may change what a diff looks like. */
export const PLAIN_DIFF = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--find-renames',
  '--submodule=short',
  '--ignore-submodules=none',
  '--src-prefix=a/',
  '--dst-prefix=b/',
] as const;

/** Files and lines changed in a span, which is what follows `git diff`: commits, `--`, paths. A binary file counts no lines. */
export async function readStat(
  path: string,
  span: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<DiffStat> {
  const answer = await git(path, [...PLAIN_DIFF, '--numstat', '--end-of-options', ...span], {
    env,
  });
  const counts = answer.stdout.split('\n').flatMap((line) => {
    const match = /^(\d+|-)\t(\d+|-)\t/.exec(line);
    return match === null ? [] : [{ added: Number(match[1]) || 0, removed: Number(match[2]) || 0 }];
  });
  return {
    files: counts.length,
    added: counts.reduce((sum, count) => sum + count.added, 0),
    removed: counts.reduce((sum, count) => sum + count.removed, 0),
  };
}
