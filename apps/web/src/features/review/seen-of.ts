import type { Run } from '@quarterdeck/contract/run';
import type { WorkspaceDiff } from '@quarterdeck/contract/runner-protocol';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { Seen } from './review-actions.ts';

/** What a decision is about: the commits between which the changes on the screen were shown, also while only a part of them is. */
export function seenOf(
  { workspaceKind }: Pick<TaskCard, 'workspaceKind'>,
  { id: runId }: Pick<Run, 'id'>,
  { base, head }: Pick<WorkspaceDiff, 'base' | 'head'>,
): Seen {
  const lands = workspaceKind === 'worktree' || workspaceKind === 'copy';
  return lands ? { runId, base, head } : { runId, base: null, head: null };
}
