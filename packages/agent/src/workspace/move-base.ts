import { bringAlong } from './bring-along.ts';
import { gitReason } from './git.ts';
import { type Landing, type Outcome, refused } from './landing.ts';
import { moveRef, readRef } from './refs.ts';
import { isFolder } from './repository.ts';
import { noteLanding } from './unreviewed.ts';
import { worktreeOn } from './worktree-list.ts';

/**
 * Moves the base branch to a commit that contains it. A folder that has the branch checked out is brought along when none of its own
 * changes would be touched; otherwise nothing happens and the answer says what to do. `moved` when the branch moved meanwhile.
 */
export async function moveBase(landing: Landing, commit: string): Promise<true | 'moved' | Outcome> {
  const { repository, into } = landing;
  const move = () => moveBranch(landing, commit);
  const holder = await worktreeOn(repository, into);
  return holder !== null && (await isFolder(holder)) ? bringAlong(holder, landing, { commit, move }) : move();
}

async function moveBranch(
  { repository, into, base, request }: Landing,
  commit: string,
): Promise<true | 'moved' | Outcome> {
  const name = `refs/heads/${into}`;
  await noteLanding({ trees: request.trees, repository }, { from: base, to: commit });
  const message = `quarterdeck: land ${request.branch}`;
  const answer = await moveRef(repository.refs, { name, to: commit, from: base, message });
  if (answer.code === 0) return true;
  if ((await readRef(repository.refs, name)) !== base) return 'moved';
  return refused(`${into} could not be moved: ${gitReason(answer)}.`);
}
