import type { RunnerId } from '@quarterdeck/contract/ids';
import type { GatewayDeps } from './gateway-deps.ts';
import type { RunnerLink } from './runner-link.ts';

/**
 * Sends a runner the commands that wait for it, each once per link; the token of a start order is filled in here. A claim can be
 * faster than the welcome of the runner it is for: then the welcome sends what waits.
 */
export async function deliverCommands(
  deps: Pick<GatewayDeps, 'db' | 'secrets'>,
  to: { readonly link: RunnerLink; readonly runnerId: RunnerId },
): Promise<void> {
  const { link, runnerId } = to;
  if (!link.isWelcomed) return;
  const pending = await deps.db.read((ports) => ports.commands.pendingFor(runnerId));
  for (const { commandId, runId, command } of pending) {
    if (link.sent.has(commandId)) continue;
    link.sent.add(commandId);
    link.ownRuns.add(runId);
    const isStart = command.kind === 'start';
    const filled = isStart
      ? { ...command, order: { ...command.order, token: deps.secrets.runToken(runId) } }
      : command;
    link.send({ type: 'command', commandId, runId, command: filled });
  }
}
