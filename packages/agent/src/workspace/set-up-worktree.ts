import type { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { gitLine, type Place } from './git.ts';
import { runSetupCommand, SETUP_DEADLINE_MS } from './run-setup-command.ts';
import { isContained } from './tree.ts';
import type { Attempt, OnProgress } from './workspace.ts';
import { attained } from './workspace.ts';

interface FreshWorktree {
  readonly order: Pick<RunOrder, 'taskId' | 'project'>;
  readonly path: string;
  readonly isFromBase: boolean;
}

/**
 * Runs the project's setup command in a fresh worktree, with the person's rights and nobody asked. So only where no agent can have
 * written what it runs: elsewhere the agent is told, and may run it as any other command. Gives what the agent should know.
 */
export async function setUpWorktree(
  { order, path, isFromBase }: FreshWorktree,
  signal: AbortSignal | undefined,
  onProgress: OnProgress,
): Promise<Attempt<readonly string[]>> {
  const { setupCommand: command, path: projectPath } = order.project;
  if (command === null) return attained([]);
  if (!isFromBase) {
    const left = leftOut(command);
    onProgress(left);
    return attained([left]);
  }
  onProgress(`Running the setup command: ${command}`);
  const env = { QUARTERDECK_TASK: order.taskId, QUARTERDECK_PROJECT_PATH: projectPath };
  const done = await runSetupCommand(
    { command, cwd: path, deadlineMs: SETUP_DEADLINE_MS, env, signal },
    onProgress,
  );
  return done.ok ? attained([]) : done;
}

function leftOut(command: string): string {
  return `The project's setup command \`${command}\` was not run here: this workspace starts from work that is not in the base branch yet, and the command could run files that no person has seen. Run it yourself if the work needs it.`;
}

/** Whether the files of a commit are all in the base branch: it is a commit of that branch, or has the same files. */
export async function isOfBase(reader: Place, head: string, base: string): Promise<boolean> {
  if (await isContained(reader, head, base)) return true;
  const [own, theirs] = await Promise.all(
    [head, base].map((commit) => gitLine(reader, ['rev-parse', '--verify', '--quiet', `${commit}^{tree}`])),
  );
  return own !== null && own === theirs;
}
