import { setTimeout as wait } from 'node:timers/promises';
import { waitUntil } from '../program/wait-until.ts';
import { findOwnProcesses, isAlive, killAtOnce, type OwnProcess } from './find-processes.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What dies in a round, and how often each. */
const BLOWS = {
  server: 5,
  runner: 6,
  'server and runner': 3,
  host: 4,
  agent: 3,
  'host and agent': 2,
  'runner and host': 3,
  'server and agent': 1,
  supervisor: 1,
  machine: 3,
} as const;
export type Blow = keyof typeof BLOWS;

/** Starting the same program again and again makes its supervisor wait longer and longer; then everything goes at once. */
const MOST_RESTARTS = 4;

/** What was killed. */
export interface Strike {
  readonly blow: Blow;
  /** Runs whose host or agent died: those may end as crashed, no other may. */
  readonly runIds: readonly string[];
  readonly isSupervisorDead: boolean;
  /** Programs that leave by themselves because their supervisor is gone. */
  readonly leaving: readonly number[];
}

export interface Striker {
  /** Chooses and kills. */
  strike(): Promise<Strike>;
}

export function createStriker(home: string, random: SeededRandom): Striker {
  let restarts = 0;
  return {
    async strike() {
      const blow = restarts >= MOST_RESTARTS ? 'machine' : random.weigh(BLOWS);
      const isSupervisorDead = blow === 'machine' || blow === 'supervisor';
      if (isSupervisorDead) restarts = 0;
      else if (/server|runner/.test(blow)) restarts += 1;
      const killed = blow === 'machine' ? await killEverything(home) : await killSome(home, { blow, random });
      const runIds = [...new Set(killed.flatMap((it) => it.runId ?? []))];
      return { blow, runIds, isSupervisorDead, leaving: isSupervisorDead ? await programsOf(home) : [] };
    },
  };
}

async function killSome(
  home: string,
  { blow, random }: { readonly blow: Blow; readonly random: SeededRandom },
): Promise<OwnProcess[]> {
  const alive = await findOwnProcesses(home);
  const runIds = alive.flatMap((it) => (it.kind === 'host' && it.runId !== null ? [it.runId] : []));
  const chosen = runIds.length > 0 ? random.pick(runIds) : null;
  const kinds = blow.split(' and ');
  const victims = alive.filter((it) => kinds.includes(it.kind) && (it.runId === null || it.runId === chosen));
  for (const { pid } of victims) killAtOnce(pid);
  await untilGone(victims);
  return victims;
}

/** A machine that stops: the supervisor first, or it would start again what dies. */
async function killEverything(home: string): Promise<OwnProcess[]> {
  const killed: OwnProcess[] = [];
  for (;;) {
    const alive = await findOwnProcesses(home);
    if (alive.length === 0) return killed;
    const order = alive.toSorted((a, b) => Number(b.kind === 'supervisor') - Number(a.kind === 'supervisor'));
    for (const { pid } of order) killAtOnce(pid);
    killed.push(...alive);
    await wait(10);
  }
}

async function programsOf(home: string): Promise<number[]> {
  const alive = await findOwnProcesses(home);
  return alive.filter(({ kind }) => kind === 'server' || kind === 'runner').map(({ pid }) => pid);
}

async function untilGone(victims: readonly OwnProcess[]): Promise<void> {
  await waitUntil('the killed to be gone', async () => {
    const alive = victims.filter(({ pid }) => isAlive(pid));
    return alive.length === 0;
  });
}
