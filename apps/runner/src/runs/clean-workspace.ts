import type { removeWorkspace } from '@quarterdeck/agent/workspace/remove-workspace';
import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import { describeError } from '../write-log.ts';
import type { RunDeps } from './live-run.ts';
import { treesIn } from './run-folder.ts';

export type Clean = Extract<RunCommand, { kind: 'clean' }>;

/** Takes away the workspace of a run nobody needs any more, beside everything else. What would be lost is kept, and the server hears why. */
export async function cleanWorkspace(deps: RunDeps, commandId: CommandId, command: Clean): Promise<void> {
  const kept = await remove(deps, command).catch(describeError);
  if (kept !== null) deps.log(`${command.workspace.path} is kept: ${kept}`);
  deps.link.send({ type: 'done', commandId, kept });
}

/** Null when it is gone, otherwise why not. */
async function remove({ runnerHome }: RunDeps, clean: Clean): Promise<string | null> {
  const removal = await takeAway(clean, treesIn(runnerHome));
  if (!removal.ok) return removal.failure;
  await removal.value.deleted;
  return null;
}

/** Takes a workspace away, or says why it stays; `deleted` resolves when the slow part is over. */
export async function takeAway(
  { workspace, projectId, projectPath }: Pick<Clean, 'workspace' | 'projectId' | 'projectPath'>,
  trees: string,
): ReturnType<typeof removeWorkspace> {
  const { path, kind } = workspace;
  if (kind === 'copy' && projectId !== null) {
    const { removeCopy } = await import('@quarterdeck/agent/folders/remove-copy');
    return removeCopy({ path, projectId, trees });
  }
  const loaded = await import('@quarterdeck/agent/workspace/remove-workspace');
  return loaded.removeWorkspace({ path, kind, projectPath, trees });
}
