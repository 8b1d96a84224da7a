import type { DiffStat } from '@quarterdeck/contract/run';
import { git, type Place } from './git.ts';

/** Neither settings nor programs named in the repository may change what a diff looks like. */
export const PLAIN_DIFF = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--find-renames',
  '--unified=3',
  '--inter-hunk-context=0',
  '--diff-algorithm=myers',
  '--submodule=short',
  '--src-prefix=a/',
  '--dst-prefix=b/',
] as const;

/** Files and lines changed in a span, which is what follows `git diff`: commits, `--`, paths. A binary file counts no lines. */
export async function readStat(place: Place, span: readonly string[]): Promise<DiffStat> {
  const answer = await git(place, [
    ...PLAIN_DIFF,
    '--ignore-submodules=dirty',
    '--numstat',
    '--end-of-options',
    ...span,
  ]);
  return countLines(answer.stdout);
}

/** Adds up the lines of `--numstat`, which end where something else begins. */
export function countLines(numstat: string): DiffStat {
  let [files, added, removed] = [0, 0, 0];
  for (const line of numstat.split('\n')) {
    const match = /^(\d+|-)\t(\d+|-)\t/.exec(line);
    if (match === null) break;
    files += 1;
    added += Number(match[1]) || 0;
    removed += Number(match[2]) || 0;
  }
  return { files, added, removed };
}
