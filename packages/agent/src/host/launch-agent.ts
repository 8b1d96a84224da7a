import { access } from 'node:fs/promises';
import type { AgentProcess } from './agent-process.ts';
import { startAgent } from './agent-process.ts';
import type { ChannelPlan } from './plan-channel.ts';
import { planChannel } from './plan-channel.ts';
import { prepareHome } from './prepare-home.ts';
import type { HostSpec } from './spec.ts';

/** An agent that was just started, and what is planned beside its ACP connection. */
export interface LaunchedAgent {
  readonly agent: AgentProcess;
  readonly channel: ChannelPlan | null;
}

/**
 * Starts the agent of a run in a home of its own. Rejects when it cannot be started.
 * All that is imported here is loaded before the agent exists, so keep it small: no schemas, no protocol, no `node:http`.
 */
export async function launchAgent(spec: HostSpec): Promise<LaunchedAgent> {
  await access(spec.workspacePath);
  await prepareHome(spec);
  const channel = await planChannel(spec);
  return { channel, agent: await startAgent(spec, channel?.extras ?? { args: [], env: {} }) };
}
