import { readLiveDiff } from './live-diff.ts';
import { readSpan } from './read-span.ts';
import { readRef } from './refs.ts';
import { openRepository, type Repository } from './repository.ts';
import { showDiff } from './show-diff.ts';
import { openReader } from './task-tree.ts';
import { resolveCommit } from './tree.ts';
import type { DiffAnswer, DiffQuery } from './workspace.ts';
import { failed } from './workspace.ts';

/**
 * While a run is live, its folder against the base, uncommitted and untracked files included; afterwards the commits from where the
 * work left the base branch to its head, which are what lands. A failure means that there is nothing to show (`workspace_gone`).
 */
export async function readDiff(query: DiffQuery): Promise<DiffAnswer> {
  if (query.branch === null && query.head === null) return readLiveDiff(query);
  const opened = await openRepository(query.projectPath);
  if (!opened.ok) return failed(`The changes can no longer be shown: ${opened.failure}`);
  // Nothing was committed when a run ended without a head: what it left is still in its folder.
  if (query.isLive || query.head === null) {
    const live = await readLiveDiff(query, opened.value);
    if (live.ok) return live;
  }
  return readCommitted(query, opened.value);
}

async function readCommitted(query: DiffQuery, repository: Repository): Promise<DiffAnswer> {
  const { workspacePath, branch, trees } = query;
  const reader = await openReader(trees, repository);
  const tip = branch === null ? null : await readRef(repository.refs, `refs/heads/${branch}`);
  const head = (await resolveCommit(reader, query.head)) ?? (await resolveCommit(reader, tip));
  if (head === null)
    return failed(
      `The workspace ${workspacePath ?? 'of this run'} is gone${branch === null ? '' : `, and so is its branch ${branch}`}; its changes can no longer be shown.`,
    );
  const { base: all, startedFrom } = await readSpan({ ...query, repository, reader, head });
  const base = (query.isOwn ? startedFrom : null) ?? all;
  return showDiff(reader, { base, head, branch, startedFrom, span: [base, head, '--'] });
}
