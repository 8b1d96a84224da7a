import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import { PLAIN_DIFF, readStat } from './diff-stat.ts';
import { git, gitLine, gitReason } from './git.ts';
import { baseRef, isFolder, resolveBranch, resolveCommit } from './repository.ts';
import type { DiffAnswer, DiffQuery } from './workspace.ts';
import { attained, failed } from './workspace.ts';

const PATCH_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * The changes since the task's base, uncommitted and untracked files included; from the branch alone when the folder is gone.
 * A failure means that neither is there any more (`workspace_gone`).
 */
export async function readDiff(query: DiffQuery): Promise<DiffAnswer> {
  const { workspacePath, branch } = query;
  if (workspacePath !== null && (await isFolder(workspacePath))) {
    const root = await gitLine(workspacePath, ['rev-parse', '--show-toplevel']);
    if (root === null) return attained(nothing(branch));
    return withIndexCopy(workspacePath, (env) =>
      compare({ query, path: workspacePath, env, isFolder: true }),
    );
  }
  const tip =
    branch === null ? null : await resolveCommit(query.projectPath, `refs/heads/${branch}`).catch(() => null);
  if (tip !== null) return compare({ query, path: query.projectPath, env: {}, isFolder: false });
  return failed(
    `The workspace ${workspacePath ?? 'of this run'} is gone${branch === null ? '' : `, and so is its branch ${branch}`}; its changes can no longer be shown.`,
  );
}

interface Comparison {
  readonly query: DiffQuery;
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly isFolder: boolean;
}

async function compare(comparison: Comparison): Promise<DiffAnswer> {
  const { query, path, env } = comparison;
  const head = await resolveCommit(path, comparison.isFolder ? 'HEAD' : `refs/heads/${query.branch}`);
  const base = await findBase(path, query, head);
  const from = base ?? (await emptyTree(path));
  // A folder may be a part of a larger repository: only its own changes count.
  const span = comparison.isFolder || head === null ? [from, '--', '.'] : [from, head, '--'];
  const answer = await git(path, [...PLAIN_DIFF, '--end-of-options', ...span], {
    env,
    maxBytes: PATCH_LIMIT_BYTES,
  });
  if (answer.code !== 0 && !answer.isCut) return failed(`git cannot show the changes: ${gitReason(answer)}.`);
  const status = comparison.isFolder ? await git(path, ['status', '--porcelain', '-z', '--', '.']) : null;
  return attained({
    base,
    head,
    branch: query.branch ?? (await gitLine(path, ['symbolic-ref', '--quiet', '--short', 'HEAD'])),
    patch: answer.isCut ? cutAtLine(answer.stdout) : answer.stdout,
    isCut: answer.isCut,
    stat: await readStat(path, span, env),
    hasUncommitted: status !== null && status.stdout !== '',
    leftOut: [],
    startedFrom: null,
  });
}

/** Where the task's branch started, else where it left the base branch; folders that are not ours compare with what is checked out. */
async function findBase(path: string, query: DiffQuery, head: string | null): Promise<string | null> {
  if (query.branch === null || head === null) return head;
  const remembered = await resolveCommit(path, baseRef(query.branch));
  if (remembered !== null) return remembered;
  const target =
    query.baseBranch === null
      ? await resolveCommit(query.projectPath, 'HEAD')
      : await resolveBranch(query.projectPath, query.baseBranch);
  return target === null ? head : ((await gitLine(path, ['merge-base', target, head])) ?? head);
}

/** Lets `work` see untracked files as added, through a copy of the index: the agent's own stays as it is. */
async function withIndexCopy<T>(
  path: string,
  work: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-index-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    const index = await gitLine(path, ['rev-parse', '--path-format=absolute', '--git-path', 'index']);
    // A fresh repository has no index yet.
    if (index !== null) await copyFile(index, env.GIT_INDEX_FILE).catch(() => undefined);
    await git(path, ['add', '--intent-to-add', '--ignore-errors', '.'], { env });
    return await work(env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What an empty repository is compared with; its name depends on the repository's kind of hash. */
async function emptyTree(path: string): Promise<string> {
  return (await git(path, ['hash-object', '-t', 'tree', '--stdin'])).stdout.trim();
}

function cutAtLine(patch: string): string {
  return patch.slice(0, patch.lastIndexOf('\n') + 1);
}

function nothing(branch: string | null): WorkspaceDiff {
  const stat = { files: 0, added: 0, removed: 0 };
  return {
    base: null,
    head: null,
    branch,
    patch: '',
    isCut: false,
    stat,
    hasUncommitted: false,
    leftOut: [],
    startedFrom: null,
  };
}
