import type { ProjectId, RunId, TaskId } from '@quarterdeck/contract/ids';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import { updateTask } from '../../board/index.ts';
import { noteMemory, updateProfile } from '../../fleet/index.ts';
import { updateProject } from '../../planning/index.ts';
import type { World } from './world.ts';

const ACTOR = 'ada';
type Numbers = { readonly a: number; readonly b: number; readonly c: number };

const GIB = 1024 ** 3;
const AVAILABLE = [8 * GIB, 8 * GIB, 0.9 * GIB, 0.1 * GIB] as const;
const PERIODS = ['day', 'month', 'total'] as const;
const budgetOf = ({ b, c }: Numbers) => ({
  limitMicros: (b % 7) * 1_000_000,
  period: PERIODS[c % PERIODS.length] ?? 'total',
});

const NO_FOLDERS = { inspect: async () => null };

/** What limits runs: what they cost, what may be spent, pauses and memory. Limits are taken away as often as they are set. */
export const LIMIT_OPERATIONS = {
  spend: (world: World, runId: RunId, { b }: Numbers) => {
    const usage = { ...NO_USAGE, costMicros: (b % 9) * 500_000, costSource: 'reported' as const };
    return world.write(runId, { kind: 'usage', usage });
  },
  limitTask: (world: World, taskId: TaskId, { b, c }: Numbers) => {
    const budgetMicros = c % 2 === 0 ? 0 : (b % 5) * 1_000_000;
    return updateTask(world, { taskId, patch: { budgetMicros }, actor: ACTOR });
  },
  limitProject: async (world: World, numbers: Numbers) => {
    const projectId = 'p_general' as ProjectId;
    const patch = { budget: numbers.a % 2 === 0 ? null : budgetOf(numbers) };
    await updateProject({ ...world, folders: NO_FOLDERS }, { projectId, patch, actor: ACTOR });
  },
  setProfile: async (world: World, numbers: Numbers) => {
    const budget = numbers.a % 2 === 0 ? null : budgetOf(numbers);
    const patch = { budget, isPaused: numbers.b % 4 === 0 };
    const profile = ['alpha', 'beta', 'nobody'][numbers.c % 3] ?? 'alpha';
    await updateProfile(world, { profile, patch, actor: ACTOR });
  },
  resume: async (world: World) => {
    for (const profile of ['alpha', 'beta'])
      await updateProfile(world, { profile, patch: { isPaused: false, budget: null }, actor: ACTOR });
  },
  remember: async (world: World, { a }: Numbers) => {
    const memory = {
      totalBytes: 16 * GIB,
      availableBytes: Math.round(AVAILABLE[a % AVAILABLE.length] ?? GIB),
    };
    await noteMemory(world, { runnerId: makeRunner().id, memory, last: null });
  },
};
