import type { Agent, Fleet, ProfileSettings } from '@quarterdeck/contract/fleet';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { LiveCounts } from '../../runs/index.ts';
import type { FleetDeps, RunnerRecord } from '../ports.ts';

/** All runners, and every profile over the connected ones: what can be chosen as an assignee. */
export async function showFleet(deps: FleetDeps): Promise<Result<Fleet>> {
  return deps.db.read(async (ports) => {
    const runners = await ports.runners.list();
    const live = await ports.runs.countLive();
    const now = deps.clock.now();
    const offers = await ports.offers.all();
    const proven = await ports.runs.provenSince(now - PROOF_MS);
    const agents = mergeAgents(runners, live, {
      settings: await ports.profileSettings.list(),
      pauses: await ports.runs.pauses(now),
    });
    return ok({
      runners: runners.map((runner) => ({
        ...runner,
        agents: [...runner.agents],
        liveRuns: live.byRunner.get(runner.id) ?? 0,
      })),
      agents: agents.map((agent) => ({
        ...agent,
        offers: offers.get(agent.profile) ?? null,
        provenAt: proven.get(agent.profile) ?? null,
      })),
    });
  });
}

/** What keeps profiles from work. */
interface Holds {
  readonly settings: readonly ProfileSettings[];
  /** Profiles whose provider's limit is used up, and until when. */
  readonly pauses: ReadonlyMap<string, number>;
}

const UNSET = { isPaused: false, pauseReason: null, budget: null, model: null, effort: null } as const;

/** How long a run that was handed in proves that an agent's sign-in works, ms. */
const PROOF_MS = 7 * 24 * 3600 * 1000;

/** One entry a profile: usable when any connected runner can run it, with the remedy of the best otherwise. */
export function mergeAgents(
  runners: readonly RunnerRecord[],
  live: LiveCounts,
  { settings, pauses }: Holds,
): Agent[] {
  const set = new Map(settings.map((it) => [it.profile, it]));
  const merged = new Map<string, Agent>();
  for (const runner of runners) {
    if (!runner.isConnected) continue;
    for (const agent of runner.agents) {
      const known = merged.get(agent.profile);
      const isBetter = known === undefined || rank(agent) > rank(known);
      const names = [...(known?.runners ?? []), runner.name];
      const liveRuns = live.byProfile.get(agent.profile) ?? 0;
      const { isPaused, pauseReason, budget, model, effort } = set.get(agent.profile) ?? UNSET;
      const best = isBetter ? agent : known;
      const limitedUntil = pauses.get(agent.profile) ?? null;
      const held = { isPaused, pauseReason, budget, limitedUntil };
      const told = { offers: null, provenAt: null };
      merged.set(agent.profile, { ...best, ...held, ...told, model, effort, liveRuns, runners: names });
    }
  }
  return [...merged.values()];
}

function rank(agent: { readonly isInstalled: boolean; readonly isSignedIn: boolean }): number {
  return (agent.isInstalled ? 2 : 0) + (agent.isSignedIn ? 1 : 0);
}
