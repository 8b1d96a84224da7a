import type { RepositoryFacts } from './folder-facts.ts';
import type { FitFolder } from './folder-verdict.ts';
import { shellWord } from './shell-word.ts';

type Unfit = { readonly isFit: false; readonly reason: string };
/** git has nothing of the path, so it is a plain folder that happens to lie in a repository. These are the notes about that. */
type AsFolder = { readonly asFolder: readonly string[] };

/** What a path in a repository becomes: the repository, one of its folders, or a plain folder that git knows nothing of. */
export function judgeRepository(path: string, git: RepositoryFacts): FitFolder | Unfit | AsFolder {
  const { top } = git;
  const subfolder = top === null || top === path ? null : path.slice(top.length + 1);
  if (subfolder !== null && git.isIgnored) return asFolder(top, 'which ignores it');
  const base = whyNoBase(top ?? path, git);
  if (base !== null) return unfit(base);
  if (subfolder !== null) {
    if (git.atPath === 'nothing') return asFolder(top, `which has no commit of it on ${nameOf(git)}`);
    if (git.atPath !== 'folder') return unfit(whyNoFolder(git, path));
  }
  if (git.missingFiles > 0) return unfit(whyIncomplete(top ?? path, git));
  return {
    isFit: true,
    path,
    kind: 'git',
    subfolder,
    branch: git.base.branch,
    notes: notesOn(path, subfolder, git),
  };
}

function asFolder(top: string | null, why: string): AsFolder {
  return {
    asFolder: [
      `It lies in the repository ${top}, ${why}, so it is a plain folder here: agents work in copies of it. To have them work on branches instead, commit it and add it again.`,
    ],
  };
}

function whyNoBase(repository: string, { base, branches, checkedOut }: RepositoryFacts): string | null {
  if (base.found !== 'none') return null;
  const there = branches.length === 0 ? '' : ` There are: ${branches.join(', ')}`;
  if (branches.length === 0 && base.branch === checkedOut) {
    const at = shellWord(repository);
    return `the repository has no commit yet, so there is nothing to start from. Make the first one, then add it again: git -C ${at} add --all && git -C ${at} commit --allow-empty -m "First commit"`;
  }
  return `there is no branch ${base.branch ?? 'checked out'} with a commit in it.${there || ' There is none at all'}. Choose one as the base branch, or create it`;
}

function whyNoFolder({ atPath }: RepositoryFacts, path: string): string {
  return atPath === 'submodule'
    ? `it is a submodule that is not filled. Run git submodule update --init ${shellWord(path)} in its repository, then add it again`
    : 'in the commits of its repository it is not a folder. Commit it as one, then add it again';
}

function whyIncomplete(repository: string, { missingFiles, base }: RepositoryFacts): string {
  return `it is a partial clone, and ${missingFiles} files of ${base.branch ?? 'its last commit'} are not on this machine. Quarterdeck fetches nothing by itself. Bring them, then add it again: git -C ${shellWord(repository)} fetch --refetch --no-filter`;
}

function notesOn(path: string, subfolder: string | null, git: RepositoryFacts): string[] {
  const { base, top } = git;
  const notes: string[] = [];
  if (subfolder !== null)
    notes.push(
      `It is a folder of the repository ${top}: agents get a worktree of the whole repository and start in ${subfolder}. What they change elsewhere in it is shown and lands too.`,
    );
  if (top === null)
    notes.push('It is a bare repository: landing moves its branch, and nothing is checked out anywhere.');
  if (git.superproject !== null)
    notes.push(
      `It is a submodule of ${git.superproject}: work lands in the submodule, and the commit that ${git.superproject} names stays as it is until you change it.`,
    );
  if (git.linkedTo !== null)
    notes.push(`It is a linked worktree of ${git.linkedTo}, whose branches it shares.`);
  if (base.found === 'detached')
    notes.push(
      'No branch is checked out. Work starts from the commit that is; to land it, set a base branch in the project’s settings.',
    );
  if (base.found === 'remote')
    notes.push(
      `${base.branch} is a remote branch only. To land on it, create it here: git -C ${shellWord(path)} branch ${shellWord(base.branch ?? '')} origin/${base.branch}`,
    );
  if (git.isShallow)
    notes.push(
      'Its history is shallow. Agents can work in it; a landing that needs older commits asks you to run git fetch --unshallow.',
    );
  return notes;
}

function nameOf({ base }: RepositoryFacts): string {
  return base.branch ?? 'the commit that is checked out';
}

function unfit(reason: string): Unfit {
  return { isFit: false, reason };
}
