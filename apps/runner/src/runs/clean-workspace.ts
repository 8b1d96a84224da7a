import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import { describeError } from '../write-log.ts';
import type { RunDeps } from './live-run.ts';

type Clean = Extract<RunCommand, { kind: 'clean' }>;

/** Takes away the workspace of a run nobody needs any more, beside everything else. What would be lost is kept, and the log says why. */
export async function cleanWorkspace(deps: RunDeps, commandId: CommandId, command: Clean): Promise<void> {
  try {
    const { removeWorkspace } = await import('@quarterdeck/agent/workspace/remove-workspace');
    const removal = await removeWorkspace({ ...command.workspace, projectPath: command.projectPath });
    if (removal.ok) await removal.value.deleted;
    else deps.log(removal.failure);
  } catch (error) {
    deps.log(describeError(error));
  }
  deps.link.send({ type: 'done', commandId });
}
