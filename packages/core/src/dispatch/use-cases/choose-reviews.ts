import type { RunnerId, TaskId } from '@quarterdeck/contract/ids';
import type { Task } from '@quarterdeck/contract/task';
import { type Assignment, assignReviews, type Places } from '../domain/assign-runs.ts';
import { worksAmong } from '../domain/choose-resume.ts';
import type { DispatchPorts } from '../ports.ts';
import { addTaskBudgets } from './read-budgets.ts';

/** Reviews looked at in one pass; those beyond wait for the next. */
const LOOKED_AT = 100;

export interface ReviewChoice {
  /** Whether nobody reviews at the moment. */
  readonly isNoneLive: boolean;
  /** Gives at most this many of the reviews left to their reviewers, and takes their places. */
  assign(limit: number): Assignment[];
}

/** The reviews that could start now. One query when there is none. */
export async function chooseReviews(
  ports: Pick<DispatchPorts, 'tasks' | 'runs' | 'costs'>,
  pass: {
    readonly places: Places;
    readonly reviewers: readonly string[];
    readonly exceptProjects: readonly string[];
    readonly now: number;
  },
): Promise<ReviewChoice> {
  const { places, reviewers, exceptProjects, now } = pass;
  const filter = { reviewers, exceptProjects, exceptTasks: [], now, limit: LOOKED_AT };
  const found = await ports.tasks.takeReviews(filter);
  let left = found.filter((task) => task.landing?.status !== 'landed');
  if (left.length === 0) return { isNoneLive: true, assign: () => [] };
  const profiles = [...places.profileFree.keys()];
  places.budgets = await addTaskBudgets(ports, places.budgets, { tasks: left, profiles });
  const homes = await homesOf(ports, left);
  return {
    isNoneLive: (await ports.runs.countLiveReviews()) === 0,
    assign(limit) {
      const given: Assignment[] = [];
      for (const task of left) if (given.length < limit) given.push(...assignReviews([task], places, homes));
      left = left.filter((task) => !given.some((it) => it.task.id === task.id));
      return given;
    },
  };
}

/** The runner that has the work of each task: that of its last attempt. Tasks nobody worked on are missing. */
export async function homesOf(
  ports: Pick<DispatchPorts, 'runs'>,
  tasks: readonly Pick<Task, 'id'>[],
): Promise<Map<TaskId, RunnerId>> {
  const runs = await ports.runs.ofTasks(tasks.map((task) => task.id));
  return new Map(worksAmong(runs).map((run) => [run.taskId, run.runnerId]));
}
