import { access } from 'node:fs/promises';
import { prepareHome } from '../home/prepare-home.ts';
import { namedVariables } from '../profiles/named-variables.ts';
import { fillIn } from './agent-env.ts';
import type { AgentProcess } from './agent-process.ts';
import { startAgent } from './agent-process.ts';
import { modelAtStart } from './model-at-start.ts';
import { opencodePermission } from './opencode-permission.ts';
import type { ChannelPlan } from './plan-channel.ts';
import { planChannel } from './plan-channel.ts';
import type { HostSpec } from './spec.ts';

/** An agent that was just started, and what is planned beside its ACP connection. */
export interface LaunchedAgent {
  readonly agent: AgentProcess;
  readonly channel: ChannelPlan | null;
  /** What a person should know about its home. */
  readonly notes: readonly string[];
}

/**
 * Starts the agent of a run in a home of its own. Rejects when it cannot be started.
 * All that is imported here is loaded before the agent exists, so keep it small: no schemas, no protocol, no `node:http`.
 */
export async function launchAgent(spec: HostSpec): Promise<LaunchedAgent> {
  await access(spec.workspacePath);
  const { agentHome, personHome, profile } = spec;
  const home = await prepareHome({
    agentHome,
    person: { home: personHome, env: process.env },
    profile,
    fillIn: (text) => fillIn(text, spec),
  });
  const channel = await planChannel(spec);
  const named = await namedVariables(profile, personHome);
  const passing = { ...spec, profile: { ...profile, passEnv: [...profile.passEnv, ...named] } };
  const taking = modelAtStart(spec);
  const env = { ...home.env, ...channel?.extras.env, ...(await permissionEnv(spec)), ...taking.env };
  const agent = await startAgent(passing, { args: [...(channel?.extras.args ?? []), ...taking.args], env });
  return { channel, notes: home.notes, agent };
}

/** A profile that says itself what its agent may do is left alone. */
async function permissionEnv({ profile, agentHome }: HostSpec): Promise<Readonly<Record<string, string>>> {
  if (profile.quirks.permissions === null || 'OPENCODE_PERMISSION' in profile.env) return {};
  return opencodePermission(agentHome);
}
