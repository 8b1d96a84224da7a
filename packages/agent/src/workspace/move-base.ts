import { git, gitReason } from './git.ts';
import { type Landing, type Outcome, refused } from './landing.ts';
import { isFolder, resolveCommit } from './repository.ts';
import { worktreeOn } from './worktree-list.ts';

/**
 * Moves the base branch to a commit that contains it. A folder that has the branch checked out is brought along when none of its own
 * changes would be touched; otherwise nothing happens and the answer says what to do. `moved` when the branch moved meanwhile.
 */
export async function moveBase(landing: Landing, commit: string): Promise<true | 'moved' | Outcome> {
  const { repository, into, base } = landing;
  const holder = await worktreeOn(repository.path, into);
  if (holder !== null && (await isFolder(holder))) return bringAlong(holder, landing, commit);
  const ref = `refs/heads/${into}`;
  const message = `quarterdeck: land ${landing.request.branch}`;
  const answer = await git(repository.path, ['update-ref', '-m', message, ref, commit, base]);
  if (answer.code === 0) return true;
  if ((await resolveCommit(repository.path, ref)) !== base) return 'moved';
  return refused(`${into} could not be moved: ${gitReason(answer)}.`);
}

/** git itself refuses, before it touches anything, when a change or a new file of the folder is in the way. */
async function bringAlong(
  folder: string,
  { repository, into, base }: Landing,
  commit: string,
): Promise<true | 'moved' | Outcome> {
  const merge = ['-c', 'merge.autoStash=false', 'merge', '--ff-only', '--no-stat', commit];
  const answer = await git(folder, merge, { timeoutMs: 30 * 60_000 });
  const now = await resolveCommit(repository.path, `refs/heads/${into}`);
  if (now === commit) return true;
  if (now !== base) return 'moved';
  const inTheWay = fileNames(answer.stderr);
  const why =
    inTheWay.length > 0
      ? `has changes of its own in files that this would change (${inTheWay.join(', ')})`
      : `cannot take it: ${gitReason(answer)}`;
  return refused(
    `${into} is checked out in ${folder}, which ${why}. Commit or stash them there, then land again. Nothing was changed.`,
  );
}

/** git lists the files in the way on indented lines. */
function fileNames(stderr: string): readonly string[] {
  const listed = stderr
    .split('\n')
    .filter((line) => line.startsWith('\t'))
    .map((line) => line.trim());
  return listed.length > 5 ? [...listed.slice(0, 5), `${listed.length - 5} more`] : listed;
}
