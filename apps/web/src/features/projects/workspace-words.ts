import type { WorkspaceKind } from '@quarterdeck/contract/status';

/** What the places an agent can work in are called. */
export const WORKSPACE_WORDS: Readonly<Record<WorkspaceKind, string>> = {
  worktree: 'On a branch of its own',
  copy: 'In a copy of the folder',
  dir: 'In place',
  scratch: 'In an empty folder',
};
