import { stat } from 'node:fs/promises';
import { git, gitLine, gitReason } from './git.ts';
import type { Attempt } from './workspace.ts';
import { attained, failed } from './workspace.ts';

export interface Repository {
  /** Where git commands about the repository run. */
  readonly path: string;
  /** The git folder all worktrees share; the same for every way to name the repository. */
  readonly commonDir: string;
}

/** The repository at a path, or why there is none. */
export async function openRepository(path: string): Promise<Attempt<Repository>> {
  if (!(await isFolder(path))) {
    return failed(
      `The project folder ${path} does not exist on this machine. Put it back or change the project's path.`,
    );
  }
  const answer = await git(path, ['rev-parse', '--path-format=absolute', '--git-common-dir']);
  if (answer.code === 0) return attained({ path, commonDir: answer.stdout.trimEnd() });
  if (/not a git repository/i.test(answer.stderr)) {
    return failed(
      `${path} is not a git repository, so it cannot have a worktree. Run \`git init\` there and commit, or give the task a scratch or dir workspace.`,
    );
  }
  return failed(`git cannot read the repository at ${path}: ${gitReason(answer)}`);
}

/** The commit that work starts from: the named branch, else what is checked out. */
export async function resolveBase(
  repository: Repository,
  baseBranch: string | null,
): Promise<Attempt<{ readonly commit: string; readonly label: string }>> {
  if (baseBranch !== null) {
    const commit = await resolveBranch(repository.path, baseBranch);
    if (commit !== null) return attained({ commit, label: baseBranch });
  }
  const head = await resolveCommit(repository.path, 'HEAD');
  if (head === null) {
    return failed(
      `The repository at ${repository.path} has no commit yet, so there is nothing to start from. Make a first commit there and try again.`,
    );
  }
  if (baseBranch !== null) {
    return failed(
      `The base branch ${baseBranch} does not exist in ${repository.path}. Create it, or change the project's base branch.`,
    );
  }
  const branch = await gitLine(repository.path, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return attained({ commit: head, label: branch ?? `the detached commit ${head.slice(0, 10)}` });
}

/** The commit of a local branch, else of a remote one such as `origin/main` or the `main` of origin; null when there is none. */
export async function resolveBranch(path: string, branch: string): Promise<string | null> {
  for (const prefix of ['refs/heads/', 'refs/remotes/', 'refs/remotes/origin/']) {
    const commit = await resolveCommit(path, `${prefix}${branch}`);
    if (commit !== null) return commit;
  }
  return null;
}

/** The commit behind a revision that does not start with a dash; null when there is none. */
export async function resolveCommit(path: string, revision: string): Promise<string | null> {
  return gitLine(path, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
}

/** Whether all of `commit` is already in `revision`. */
export async function isContained(path: string, commit: string, revision: string): Promise<boolean> {
  return (await git(path, ['merge-base', '--is-ancestor', commit, revision])).code === 0;
}

/** Where the base of a task's branch is remembered, so that its changes can be shown after it was merged or its folder removed. */
export function baseRef(branch: string): string {
  return `refs/quarterdeck/base/${branch}`;
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
