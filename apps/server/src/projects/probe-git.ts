// What git knows of a folder that somebody wants to add. The repository may be hostile and this runs in the server: only questions
// that need no file of its work tree are asked, so that no filter, hook, file monitor or transport of the repository is started.
import { lstat, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type GitAnswer, gitReason } from '@quarterdeck/agent/workspace/git';
import type { GitFacts } from '@quarterdeck/core/planning';
import { look } from './look.ts';
import { probeRepository } from './probe-repository.ts';

/** The first with `rev-parse --path-format`. */
const LEAST_GIT = [2, 31] as const;

/** What git says about a canonical path. `baseBranch` null takes what is checked out. */
export async function probeGit(path: string, baseBranch: string | null): Promise<GitFacts> {
  const version = /(\d+)\.(\d+)[\w.]*/.exec((await look(path, ['version'])).stdout);
  if (version === null) return { state: 'not_installed' };
  if (!isNewEnough(Number(version[1]), Number(version[2])))
    return { state: 'too_old', version: version[0], least: LEAST_GIT.join('.') };
  const asked = ['--is-bare-repository', '--is-inside-git-dir', '--absolute-git-dir', '--git-common-dir'];
  const answer = await look(path, ['rev-parse', '--path-format=absolute', ...asked]);
  if (answer.code !== 0) return explainRefusal(path, answer);
  const [isBare, isInside, gitDir = '', commonDir = ''] = answer.stdout.split('\n');
  if (isBare === 'true' ? !(await isOwnRepository(path, gitDir)) : isInside === 'true')
    return { state: 'inside_git', repository: isBare === 'true' ? gitDir : dirname(commonDir) };
  const top = isBare === 'true' ? null : await findTop(path);
  if (top !== null && path !== top && !path.startsWith(`${top}/`))
    return { state: 'broken', at: path, reason: `its settings say that its files are in ${top}` };
  const unread = top !== path && isBare !== 'true' && (await isThere(join(path, '.git')));
  if (unread) return { state: 'broken', at: path, reason: 'its .git holds no repository' };
  return { state: 'repository', ...(await probeRepository({ path, top, gitDir, commonDir, baseBranch })) };
}

function isNewEnough(major: number, minor: number): boolean {
  return major > LEAST_GIT[0] || (major === LEAST_GIT[0] && minor >= LEAST_GIT[1]);
}

/** A bare repository is its own git folder, or has a `.git` that points to it. */
async function isOwnRepository(path: string, gitDir: string): Promise<boolean> {
  return (await realpath(gitDir).catch(() => gitDir)) === path || isThere(join(path, '.git'));
}

async function findTop(path: string): Promise<string | null> {
  const answer = await look(path, ['rev-parse', '--path-format=absolute', '--show-toplevel']);
  const top = answer.stdout.replace(/\n$/, '');
  return answer.code === 0 && top !== '' ? realpath(top).catch(() => top) : null;
}

async function explainRefusal(path: string, answer: GitAnswer): Promise<GitFacts> {
  const said = answer.stderr;
  const foreign = /dubious ownership in repository at '(.+)'/.exec(said)?.[1];
  if (foreign !== undefined) return { state: 'foreign', repository: foreign };
  const isNone = /not a git repository \(or any/.test(said);
  // git passes by a `.git` that holds nothing it knows.
  if (isNone && !(await isThere(join(path, '.git')))) return { state: 'none' };
  const reason = isNone ? 'its .git holds no repository' : gitReason(answer).replace(/^fatal: /, '');
  return { state: 'broken', at: path, reason };
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
