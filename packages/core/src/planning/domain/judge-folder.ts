// What a path becomes as a project, or why it cannot be one. Every answer says what to do next: whoever adds a folder is told
// at the door, not by the first agent that fails.
import type { FolderFacts, GitFacts } from './folder-facts.ts';
import type { FolderVerdict } from './folder-verdict.ts';
import { judgeRepository } from './judge-repository.ts';
import { shellWord } from './shell-word.ts';

/** What Quarterdeck itself keeps in its home. */
const OWN_FOLDERS = ['attachments', 'demo', 'general', 'landing', 'profiles', 'runner', 'workspaces'];

/** Folders that the kernel makes up: nothing in them can be copied. */
const NOT_ON_DISK = ['/proc', '/sys', '/dev'];

/** Decides what the folder is. `isOwn` is for projects that the program makes inside its own home. */
export function judgeFolder(facts: FolderFacts, isOwn = false): FolderVerdict {
  const misplaced = isOwn ? null : judgePlace(facts);
  if (misplaced !== null) return unfit(misplaced);
  if (facts.unreadable !== null)
    return unfit(
      `it cannot be read: ${facts.unreadable}. Give the user who runs Quarterdeck the right to read it`,
    );
  const useless = whyUseless(facts.git, facts.path);
  if (useless !== null) return unfit(useless);
  if (facts.git.state === 'repository') {
    const verdict = judgeRepository(facts.path, facts.git);
    return 'asFolder' in verdict ? plain(facts, verdict.asFolder, isOwn) : verdict;
  }
  return plain(facts, [], isOwn);
}

/** A folder without git of its own: agents work in copies of it. */
function plain({ path, ownHome }: FolderFacts, notes: readonly string[], isOwn: boolean): FolderVerdict {
  if (!isOwn && contains(path, ownHome)) {
    return unfit(
      `Quarterdeck's own home ${ownHome} lies in it, and every copy for an agent would hold a copy of that. Add a folder below it, or move the home with QUARTERDECK_HOME`,
    );
  }
  return { isFit: true, path, kind: 'folder', subfolder: null, branch: null, notes };
}

function judgePlace({ path, personHome, ownHome }: FolderFacts): string | null {
  if (path === '/') return 'it is the whole machine. Add the folder that agents should work in';
  const made = NOT_ON_DISK.find((place) => contains(place, path));
  if (made !== undefined) return `what lies in ${made} is made up by the system and no place to work in`;
  const isOwn = path === ownHome || OWN_FOLDERS.some((name) => contains(`${ownHome}/${name}`, path));
  if (isOwn) {
    return `it belongs to Quarterdeck, which keeps its database and workspaces in ${ownHome}. Add the repository or folder that you work in yourself`;
  }
  if (path === personHome)
    return 'it is your home folder, with your keys and settings in it. Add a folder below it';
  if (contains(path, personHome))
    return `your home folder ${personHome} lies in it. Add the folder that agents should work in`;
  return null;
}

function whyUseless(git: GitFacts, path: string): string | null {
  switch (git.state) {
    case 'not_installed':
      return 'git is not installed on this machine, and agents work with it, in plain folders too. Install git, then add it again';
    case 'too_old':
      return `git ${git.version} on this machine is too old. Install git ${git.least} or newer, then add it again`;
    case 'foreign':
      return `the repository ${git.repository} belongs to another user, so git refuses to work in it. If you trust it, run: git config --global --add safe.directory ${shellWord(git.repository)}`;
    case 'broken':
      return `git cannot use ${git.at === path ? 'the repository there' : `the repository ${git.at} that it lies in`}: ${git.reason}. Mend it (git -C ${shellWord(path)} status shows the fault), or move its .git away to work without git`;
    case 'inside_git':
      return `it is a folder that git keeps for itself. Add the repository: ${git.repository}`;
    default:
      return null;
  }
}

function unfit(reason: string): FolderVerdict {
  return { isFit: false, reason };
}

/** Whether `inner` is `outer` or lies below it. Both are canonical. */
function contains(outer: string, inner: string): boolean {
  return outer === '/' || inner === outer || inner.startsWith(`${outer}/`);
}
