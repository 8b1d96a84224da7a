import type { DiffAnswer, DiffQuery } from './workspace.ts';

/** The changes since the task's base with everything uncommitted, or from the branch when the folder is gone. A failure means `workspace_gone`. */
export async function readDiff(_query: DiffQuery): Promise<DiffAnswer> {
  throw new Error('being written');
}
