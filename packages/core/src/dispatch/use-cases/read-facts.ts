import { mergeAgents } from '../../fleet/index.ts';
import type { DispatchFacts } from '../domain/explain-waiting.ts';
import type { DispatchPorts } from '../ports.ts';

/** The state of the fleet that decides what can run now, read in the caller's transaction. */
export async function readFacts(ports: Pick<DispatchPorts, 'runners' | 'runs' | 'projects'>, now: number) {
  const runners = await ports.runners.list();
  const live = await ports.runs.countLive();
  const agents = new Map(mergeAgents(runners, live).map((agent) => [agent.profile, agent]));
  const connected = runners
    .filter((runner) => runner.isConnected)
    .map((runner) => ({ runner, free: runner.capacity - (live.byRunner.get(runner.id) ?? 0) }));
  const projects = new Map(
    (await ports.projects.list()).map((project) => [
      project.id as string,
      {
        project,
        name: project.name,
        live: live.byProject.get(project.id) ?? 0,
        max: project.maxConcurrentRuns,
      },
    ]),
  );
  const facts: DispatchFacts = {
    now,
    agents,
    pauses: await ports.runs.pauses(now),
    hasRunner: connected.length > 0,
    freePlaces: connected.reduce((sum, { free }) => sum + Math.max(0, free), 0),
    projects,
  };
  return { facts, connected, projects, live };
}
