import type { Context } from '../command/context.ts';
import { isHealthy } from '../server/is-healthy.ts';

/** Agents that lately handed something in, and when; nobody where no server answers that this person may ask. */
export async function readProven({ terminal, place, client }: Context): Promise<ReadonlyMap<string, number>> {
  if (!(await isHealthy(terminal.fetch, place.url))) return new Map();
  const reply = await client.call('agent.list');
  if (!reply.ok) return new Map();
  return new Map(
    reply.value.agents.flatMap(({ profile, provenAt }) => (provenAt ? [[profile, provenAt] as const] : [])),
  );
}
