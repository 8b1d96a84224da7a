import type { Budget, BudgetState } from '@quarterdeck/contract/budget';

/** How many ended runs of a profile tell what the next one costs. */
export const EXPECTED_FROM = 20;

/** A limit, what is spent of it, and the time it is for. */
export interface BudgetRoom extends Budget {
  readonly name: string;
  /** Ended runs, and live ones at no less than they are expected to cost. */
  readonly spentMicros: number;
  readonly since: number | null;
  /** When it begins anew; null when it never does. */
  readonly until: number | null;
}

/** Every budget that is set, and what is known of the costs. */
export interface BudgetFacts {
  /** What the next run of a profile is expected to cost; a profile of which nobody knows is missing. */
  readonly expected: ReadonlyMap<string, number>;
  readonly tasks: ReadonlyMap<string, BudgetRoom>;
  readonly projects: ReadonlyMap<string, BudgetRoom>;
  readonly profiles: ReadonlyMap<string, BudgetRoom>;
}
export const NO_BUDGETS: BudgetFacts = {
  expected: new Map(),
  tasks: new Map(),
  projects: new Map(),
  profiles: new Map(),
};

/** A run as budgets look at it before it starts. */
export interface PlannedRun {
  readonly taskId: string;
  readonly projectId: string;
  readonly profile: string;
}

/** A budget that a run would pass. */
export interface Overrun {
  readonly scope: BudgetState['scope'];
  readonly room: BudgetRoom;
  readonly nextMicros: number;
}

/** The period of a budget at `now`, in UTC: from when on spending counts, and when it begins anew. */
export function budgetPeriod(
  period: Budget['period'],
  now: number,
): { readonly since: number | null; readonly until: number | null } {
  if (period === 'total') return { since: null, until: null };
  const today = new Date(now);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  if (period === 'month') return { since: Date.UTC(year, month), until: Date.UTC(year, month + 1) };
  const day = today.getUTCDate();
  return { since: Date.UTC(year, month, day), until: Date.UTC(year, month, day + 1) };
}

/** What a live run counts as: what it has cost, and no less than runs of its profile usually do. */
export function countLive(
  run: { readonly profile: string; readonly costMicros: number | null },
  expected: ReadonlyMap<string, number>,
): number {
  return Math.max(run.costMicros ?? 0, expected.get(run.profile) ?? 0);
}

/** The budgets this run would pass if it costs what is expected, the narrowest first. Reaching a limit exactly is fine. */
export function findOverruns(run: PlannedRun, facts: BudgetFacts): Overrun[] {
  const nextMicros = facts.expected.get(run.profile) ?? 0;
  const rooms = [
    ['task', facts.tasks.get(run.taskId)],
    ['project', facts.projects.get(run.projectId)],
    ['profile', facts.profiles.get(run.profile)],
  ] as const;
  return rooms.flatMap(([scope, room]) =>
    room !== undefined && room.spentMicros + nextMicros > room.limitMicros
      ? [{ scope, room, nextMicros }]
      : [],
  );
}

/** The budgets as they stand when this run is under way: it takes what it is expected to cost. */
export function takeFromBudgets(run: PlannedRun, facts: BudgetFacts): BudgetFacts {
  const nextMicros = facts.expected.get(run.profile) ?? 0;
  if (nextMicros === 0) return facts;
  const take = (rooms: ReadonlyMap<string, BudgetRoom>, id: string) => {
    const room = rooms.get(id);
    return room ? new Map(rooms).set(id, { ...room, spentMicros: room.spentMicros + nextMicros }) : rooms;
  };
  return {
    ...facts,
    tasks: take(facts.tasks, run.taskId),
    projects: take(facts.projects, run.projectId),
    profiles: take(facts.profiles, run.profile),
  };
}
