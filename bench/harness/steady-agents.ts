import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '@quarterdeck/contract/ids';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import type { Store } from '@quarterdeck/store';

const AGENT = join(import.meta.dirname, '../programs/steady-agent.ts');

export const STEADY = 'steady';

/** Agents that make steps and say so in a log of their own, against which the database is checked. */
export interface SteadyAgents {
  readonly folder: string;
  /** Lets them report and leave. */
  letFinish(): Promise<void>;
  /** What they noted: their processes, and how far each run came. */
  steps(): Promise<Map<string, { readonly pids: Set<number>; readonly steps: number[] }>>;
}

/** Puts the agents' profile into a home, before the program is started on it. */
export async function installSteadyAgents(
  home: string,
  pace: { readonly pauseMs: number; readonly mostSteps: number; readonly atOnce: number },
): Promise<SteadyAgents> {
  const log = join(home, 'steps.jsonl');
  const enough = join(home, 'enough');
  const profile: ProfileInput = {
    id: STEADY,
    name: 'Steady',
    initials: 'St',
    command: process.execPath,
    args: [AGENT, log, enough, String(pace.pauseMs), String(pace.mostSteps)],
    detect: { versionArgs: [] },
    maxConcurrentRuns: pace.atOnce,
  };
  await mkdir(join(home, 'profiles'), { recursive: true });
  await mkdir(join(home, 'work'));
  await writeFile(join(home, 'profiles', `${STEADY}.json`), JSON.stringify(profile));
  await writeFile(log, '');
  return {
    folder: join(home, 'work'),
    letFinish: () => writeFile(enough, ''),
    async steps() {
      const runs = new Map<string, { pids: Set<number>; steps: number[] }>();
      for (const line of (await readFile(log, 'utf8')).split('\n').filter(Boolean)) {
        const { runId, pid, step } = JSON.parse(line) as { runId: string; pid: number; step: number };
        const run = runs.get(runId) ?? { pids: new Set(), steps: [] };
        runs.set(runId, run);
        run.pids.add(pid);
        if (step > 0) run.steps.push(step);
      }
      return runs;
    },
  };
}

/** The steps the database has of a run, in the order of its conversation. */
export async function storedSteps(store: Store, runId: RunId): Promise<number[]> {
  const stored = await store.read(async (ports) => {
    const run = await ports.runs.find(runId);
    return run ? ports.sessions.itemsSince(run.sessionId, 0) : [];
  });
  const tools = stored.flatMap(({ item }) => (item.kind === 'tool' ? [item] : []));
  return tools.map((item) => Number(/step (\d+)/.exec(item.title)?.[1]));
}

/** When the newest step the database has of a run was made; 0 when it has none. Looks at its last items only. */
export async function newestStepAt(store: Store, runId: RunId): Promise<number> {
  const stored = await store.read(async (ports) => {
    const run = await ports.runs.find(runId);
    const session = run && (await ports.sessions.find(run.sessionId));
    return session ? ports.sessions.itemsSince(session.id, session.rev - 5) : [];
  });
  return Math.max(0, ...stored.map(({ item }) => (item.kind === 'tool' ? item.at : 0)));
}
