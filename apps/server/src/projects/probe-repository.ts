import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BaseFacts, RepositoryFacts } from '@quarterdeck/core/planning';
import { look } from './look.ts';

/** As many branches as a person wants to read in one sentence. */
const NAMED_BRANCHES = 5;

interface Site {
  readonly path: string;
  readonly top: string | null;
  readonly gitDir: string;
  readonly commonDir: string;
  readonly baseBranch: string | null;
}

/** What is to be known of a repository before work may start in it. */
export async function probeRepository(site: Site): Promise<RepositoryFacts> {
  const { path, top, baseBranch } = site;
  const checkedOut = await line(path, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  const { base, commit } = await findBase(path, baseBranch, checkedOut);
  const names = await lines(path, [
    'for-each-ref',
    `--count=${NAMED_BRANCHES}`,
    '--format=%(refname:lstrip=2)',
    'refs/heads',
  ]);
  const isBelow = top !== null && top !== path;
  return {
    top,
    checkedOut,
    branches: names,
    base,
    superproject: await line(path, ['rev-parse', '--show-superproject-working-tree']),
    linkedTo: await findMain(site),
    isShallow: (await line(path, ['rev-parse', '--is-shallow-repository'])) === 'true',
    missingFiles: commit === null ? 0 : await countMissing(path, commit),
    atPath: isBelow && commit !== null ? await findAt(top, commit, path.slice(top.length + 1)) : 'nothing',
    isIgnored: isBelow && (await look(top, ['check-ignore', '--quiet', '--', path])).code === 0,
  };
}

async function findBase(
  path: string,
  wanted: string | null,
  checkedOut: string | null,
): Promise<{ base: BaseFacts; commit: string | null }> {
  const branch = wanted ?? checkedOut;
  if (branch === null) {
    const commit = await line(path, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
    return { base: { branch, found: commit === null ? 'none' : 'detached' }, commit };
  }
  for (const [prefix, found] of [
    ['refs/heads/', 'local'],
    ['refs/remotes/', 'remote'],
    ['refs/remotes/origin/', 'remote'],
  ] as const) {
    const commit = await line(path, ['rev-parse', '--verify', '--quiet', `${prefix}${branch}^{commit}`]);
    if (commit !== null) return { base: { branch, found }, commit };
  }
  return { base: { branch, found: 'none' }, commit: null };
}

/** The main worktree, when this is another. */
async function findMain({ gitDir, commonDir }: Site): Promise<string | null> {
  const [own, shared] = await Promise.all([gitDir, commonDir].map((it) => realpath(it).catch(() => it)));
  if (own === shared) return null;
  return shared?.endsWith('/.git') ? dirname(shared) : (shared ?? null);
}

/** In a partial clone, how many files of a commit are elsewhere. Looked at without fetching them. */
async function countMissing(path: string, commit: string): Promise<number> {
  const promised = ['config', '--get-regexp', '^(extensions\\.partialclone|remote\\..*\\.promisor)$'];
  if ((await look(path, promised)).stdout === '') return 0;
  const listed = await lines(path, ['rev-list', '-1', '--objects', '--missing=print', commit]);
  return listed.filter((each) => each.startsWith('?')).length;
}

async function findAt(top: string, commit: string, subfolder: string): Promise<RepositoryFacts['atPath']> {
  const answer = await look(top, ['ls-tree', '-z', '--full-tree', commit, '--', subfolder]);
  const mode = answer.stdout.split(' ')[0];
  if (mode === undefined || mode === '') return 'nothing';
  return mode === '040000' ? 'folder' : mode === '160000' ? 'submodule' : 'other';
}

/** The first line git prints, or null when it has nothing to say. */
async function line(path: string, args: readonly string[]): Promise<string | null> {
  return (await lines(path, args))[0] ?? null;
}

async function lines(path: string, args: readonly string[]): Promise<string[]> {
  const answer = await look(path, args);
  return answer.code === 0 ? answer.stdout.split('\n').filter((each) => each !== '') : [];
}
