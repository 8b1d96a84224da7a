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
async function remove({ runnerHome }: RunDeps, { workspace, projectPath }: Clean): Promise<string | null> {
  const { removeWorkspace } = await import('@quarterdeck/agent/workspace/remove-workspace');
  const removal = await removeWorkspace({ ...workspace, projectPath, trees: treesIn(runnerHome) });
  if (!removal.ok) return removal.failure;
  await removal.value.deleted;
  return null;
}
