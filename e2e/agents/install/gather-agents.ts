import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { npmCommand } from '../../../tools/runtime/install.mjs';
import { Refusal } from '../../../tools/runtime/refusal.mjs';
import type { AgentUnderTest } from '../agents/agent-under-test.ts';
import { binFolder, installAgent, isInstalled, requireSpace, tidyCache } from './install-agent.ts';
import { pinnedRelease, type Release, unpinnedRelease } from './pinned-agent.ts';

const run = promisify(execFile);

/** An agent that is ready to be started. */
export interface GatheredAgent {
  readonly id: string;
  readonly version: string;
  readonly bin: string;
}

interface GatherOptions {
  readonly cache: string;
  readonly latest: boolean;
}

/** Brings what is missing of these agents into the cache, and says what, how much and where to. */
export async function gatherAgents(
  agents: readonly AgentUnderTest[],
  { cache, latest }: GatherOptions,
): Promise<readonly GatheredAgent[]> {
  await tidyCache(cache);
  const wanted: { readonly agent: AgentUnderTest; readonly release: Release }[] = [];
  for (const agent of agents) {
    const release = latest ? unpinnedRelease(agent, await newestVersion(agent)) : pinnedRelease(agent);
    wanted.push({ agent, release });
  }
  const missing = wanted.filter(({ release }) => !isInstalled(cache, release));
  if (missing.length > 0) {
    const [fetched, installed] = (['fetched', 'installed'] as const).map((size) =>
      missing.reduce((sum, { agent }) => sum + agent.megabytes[size], 0),
    );
    console.log(
      `${missing.length} of ${wanted.length} agents are not in ${cache} yet: about ${fetched} MB to fetch, ${installed} MB on disk.`,
    );
    // What was fetched lies beside what is installed until all is done.
    await requireSpace(cache, (fetched ?? 0) + (installed ?? 0));
  }
  for (const { agent, release } of missing) await installAgent(cache, agent, release);
  await tidyCache(cache);
  return wanted.map(({ agent, release }) => ({
    id: agent.id,
    version: release.version,
    bin: binFolder(cache, release),
  }));
}

async function newestVersion({ name, packageName }: AgentUnderTest): Promise<string> {
  const [program, ...words] = [
    ...npmCommand(process.env),
    'view',
    packageName,
    'version',
    '--loglevel=error',
  ] as const;
  try {
    const { stdout } = await run(program, words);
    return stdout.trim();
  } catch (error) {
    throw new Refusal(`npm could not say which ${name} is the newest. It said:\n\n${String(error)}`);
  }
}
