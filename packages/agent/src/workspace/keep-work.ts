import type { Attempt, KeepRequest, KeptWork } from './workspace.ts';

/** Commits everything uncommitted in a worktree of ours on its branch; leaves every other folder as it is. */
export async function keepWork(_request: KeepRequest): Promise<Attempt<KeptWork>> {
  throw new Error('being written');
}
