import { lstat, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type GitAnswer, git, gitReason, type Place } from './git.ts';
import { type PersonSettings, readPersonSettings } from './person-settings.ts';
import { readRef } from './refs.ts';
import type { Attempt } from './workspace.ts';
import { attained, failed } from './workspace.ts';

export interface Repository {
  /** The project's folder. */
  readonly path: string;
  /** The git folder of that folder. */
  readonly gitDir: string;
  /** The git folder all worktrees share; the same for every way to name the repository. */
  readonly commonDir: string;
  readonly objectFormat: string;
  readonly person: PersonSettings;
  /** The real git folder: for reading and moving refs by name and id, and for nothing that looks into objects or files. */
  readonly refs: Place;
}

/** The repository at a path, or why there is none. */
export async function openRepository(path: string): Promise<Attempt<Repository>> {
  if (!(await isFolder(path))) {
    return failed(
      `The project folder ${path} does not exist on this machine. Put it back or change the project's path.`,
    );
  }
  const asked = ['rev-parse', '--path-format=absolute', '--git-common-dir', '--absolute-git-dir'];
  const [answer, person] = await Promise.all([
    git({ cwd: path, env: personFiles() }, [...asked, '--show-object-format']),
    readPersonSettings(path),
  ]);
  if (answer.code !== 0) return failed(explain(path, answer));
  const [commonDir = '', gitDir = '', objectFormat = ''] = answer.stdout.trimEnd().split('\n');
  const refs = {
    cwd: commonDir,
    env: { GIT_DIR: commonDir, ...isolation('/dev/null'), ...identity(person) },
  };
  return attained({ path, gitDir, commonDir, objectFormat, person, refs });
}

function explain(path: string, answer: GitAnswer): string {
  return /not a git repository/i.test(answer.stderr)
    ? `${path} is not a git repository, so it cannot have a worktree. Run \`git init\` there and commit, or give the task a scratch or dir workspace.`
    : `git cannot read the repository at ${path}: ${gitReason(answer)}`;
}

/** The person's settings say which folders of other users are safe: only for finding a repository. */
export function personFiles(): Record<string, string> {
  return Object.fromEntries(
    ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Lets git read no settings but those of its git folder and of one file. */
export function isolation(settingsFile: string): Record<string, string> {
  return { GIT_CONFIG_GLOBAL: settingsFile, GIT_CONFIG_NOSYSTEM: '1' };
}

export function identity({ name, email }: PersonSettings): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}

/** The id that work starts from: the named branch, else what is checked out. */
export async function resolveBase(
  repository: Repository,
  baseBranch: string | null,
): Promise<Attempt<{ readonly commit: string; readonly label: string }>> {
  if (baseBranch !== null) {
    const commit = await resolveBranch(repository, baseBranch);
    if (commit !== null) return attained({ commit, label: baseBranch });
  }
  const head = await readHead(repository);
  if (head.commit === null) {
    return failed(
      `The repository at ${repository.path} has no commit yet, so there is nothing to start from. Make a first commit there and try again.`,
    );
  }
  if (baseBranch !== null) {
    return failed(
      `The base branch ${baseBranch} does not exist in ${repository.path}. Create it, or change the project's base branch.`,
    );
  }
  return attained({
    commit: head.commit,
    label: head.branch ?? `the detached commit ${head.commit.slice(0, 10)}`,
  });
}

/** What is checked out in the project's folder. */
export async function readHead(
  repository: Repository,
): Promise<{ readonly branch: string | null; readonly commit: string | null }> {
  const { commonDir, gitDir, refs } = repository;
  const place = { ...refs, env: { ...refs.env, GIT_DIR: gitDir, GIT_COMMON_DIR: commonDir } };
  const symbolic = await git(place, ['symbolic-ref', '--quiet', 'HEAD']);
  const name = symbolic.code === 0 ? symbolic.stdout.trim() : null;
  const branch = name?.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : null;
  return { branch, commit: await readRef(place, 'HEAD') };
}

/** The id of a local branch, else of a remote one such as `origin/main` or the `main` of origin; null when there is none. */
export async function resolveBranch({ refs }: Repository, branch: string): Promise<string | null> {
  for (const prefix of ['refs/heads/', 'refs/remotes/', 'refs/remotes/origin/']) {
    const commit = await readRef(refs, `${prefix}${branch}`);
    if (commit !== null) return commit;
  }
  return null;
}

/** Where builds of before the two ids remembered the base of a task's branch; never written, because every agent can move it. */
export function formerBaseRef(branch: string): string {
  return `refs/quarterdeck/base/${branch}`;
}

/** The folder with the files of the repository that a path belongs to; null for a bare one. */
export async function findTop(path: string): Promise<string | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    const isTop = await lstat(join(folder, '.git')).then(
      () => true,
      () => false,
    );
    if (isTop) return folder;
    if (dirname(folder) === folder) return null;
  }
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
