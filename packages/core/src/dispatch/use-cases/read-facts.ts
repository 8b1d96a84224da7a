import { memoryLevel } from '@quarterdeck/contract/memory-level';
import type { Task } from '@quarterdeck/contract/task';
import { mergeAgents, type RunnerRecord } from '../../fleet/index.ts';
import { canUse } from '../domain/assign-runs.ts';
import type { CrampedRunner } from '../domain/explain-limits.ts';
import type { DispatchFacts } from '../domain/explain-waiting.ts';
import type { DispatchPorts } from '../ports.ts';
import { homesOf } from './choose-reviews.ts';
import { readBudgets } from './read-budgets.ts';

export type FactPorts = Pick<DispatchPorts, 'runners' | 'runs' | 'projects' | 'profileSettings' | 'costs'>;

interface Moment {
  readonly now: number;
  /** Tasks whose own budgets are wanted too. */
  readonly tasks?: readonly Task[];
}

/** The state of the fleet that decides what can run now, read in the caller's transaction. */
export async function readFacts(ports: FactPorts, { now, tasks = [] }: Moment) {
  const runners = await ports.runners.list();
  const live = await ports.runs.countLive();
  const settings = await ports.profileSettings.list();
  const pauses = await ports.runs.pauses(now);
  const merged = mergeAgents(runners, live, { settings, pauses });
  const agents = new Map(merged.map((agent) => [agent.profile, agent]));
  const connected: Awaited<ReturnType<typeof placesOn>>[] = [];
  for (const runner of runners.filter((it) => it.isConnected))
    connected.push(await placesOn(ports, runner, runner.capacity - (live.byRunner.get(runner.id) ?? 0)));
  const list = await ports.projects.list();
  const projects = new Map(
    list.map((project) => [
      project.id as string,
      {
        project,
        name: project.name,
        live: live.byProject.get(project.id) ?? 0,
        max: project.maxConcurrentRuns,
      },
    ]),
  );
  const profiles = [...agents.keys()];
  const facts: DispatchFacts = {
    now,
    agents,
    pauses,
    hasRunner: connected.length > 0,
    freePlaces: connected.reduce((sum, { free }) => sum + Math.max(0, free), 0),
    openProfiles: new Set(connected.flatMap(({ runner, free }) => (free > 0 ? usable(runner) : []))),
    cramped: connected.flatMap(({ cramped }) => cramped ?? []),
    projects,
    reviewHomes: await readReviewHomes(ports, runners, tasks),
    budgets: await readBudgets(ports, { projects: list, settings, tasks, profiles, now }),
  };
  return { facts, connected, projects, live };
}

/** The places of a runner that its memory leaves free. */
async function placesOn(ports: FactPorts, runner: RunnerRecord, free: number) {
  const level = memoryLevel(runner.memory);
  if (level === 'normal' || runner.memory === null || free <= 0) return { runner, free, cramped: null };
  const isTaken = level === 'critical' || (await hasRunSinceReading(ports, runner));
  if (!isTaken) return { runner, free: 1, cramped: null };
  const { name, memory } = runner;
  const cramped: CrampedRunner = { name, availableBytes: memory.availableBytes, profiles: usable(runner) };
  return { runner, free: 0, cramped };
}

/** Passes follow each other faster than a machine says how it is doing: a run it was given since has not taken its memory yet. */
async function hasRunSinceReading(ports: FactPorts, runner: RunnerRecord): Promise<boolean> {
  const runs = await ports.runs.liveOfRunner(runner.id);
  return runs.some((run) => run.claimedAt >= (runner.lastSeenAt ?? 0));
}

/** With one machine everything is there. */
async function readReviewHomes(
  ports: FactPorts,
  runners: readonly RunnerRecord[],
  tasks: readonly Task[],
): Promise<DispatchFacts['reviewHomes']> {
  const waiting = tasks.filter((it) => it.status === 'review' && it.reviewer !== null && it.verdict === null);
  if (runners.length < 2 || waiting.length === 0) return new Map();
  const byId = new Map(runners.map((runner) => [runner.id, runner]));
  const homes = [...(await homesOf(ports, waiting))].flatMap(([taskId, runnerId]) => {
    const runner = byId.get(runnerId);
    if (!runner) return [];
    const { name, isConnected } = runner;
    return [[taskId, { name, isConnected, profiles: usable(runner) }] as const];
  });
  return new Map(homes);
}

function usable(runner: RunnerRecord): string[] {
  return runner.agents.flatMap(({ profile }) => (canUse(runner.agents, profile) ? [profile] : []));
}
