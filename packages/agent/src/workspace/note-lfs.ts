import { shown } from './file-names.ts';
import { git, splitPaths } from './git.ts';
import type { PersonSettings } from './person-settings.ts';
import type { Tree } from './tree.ts';

/** Says when files of a worktree are only pointers, because git-lfs is not set up for this person. */
export async function noteLfs({ place }: Tree, person: PersonSettings): Promise<readonly string[]> {
  if (/^\[filter "lfs"\]/m.test(person.text)) return [];
  const answer = await git(place, ['ls-files', '-z', '--', ':(attr:filter=lfs)'], { encoding: 'latin1' });
  const files = answer.code === 0 ? splitPaths(answer.stdout) : [];
  if (files.length === 0) return [];
  return [
    `${files.length === 1 ? 'One file is' : `${files.length} files are`} kept by git-lfs, which is not set up here, so what lies in this worktree are pointers (${files.slice(0, 3).map(shown).join(', ')}). To have the files, install git-lfs and run: git lfs install`,
  ];
}
