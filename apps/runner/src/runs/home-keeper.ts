import type { TaskId } from '@quarterdeck/contract/ids';
import { boundHomes, HOME_BOUNDS, tasksWithHomes } from './agent-homes.ts';
import type { RunDeps } from './live-run.ts';

/** Takes away homes that no task needs any more. Only the server knows which tasks have come to rest. */
export interface HomeKeeper {
  /** Asks the server about the tasks that homes are kept for, when there are many or some time has passed. */
  readonly ask: () => Promise<void>;
  readonly onAnswer: (resting: readonly TaskId[]) => Promise<void>;
}

const ASK_EVERY_MS = 24 * 60 * 60_000;

/** `isAtWork` tells whether a run of a task is in this runner's hands. */
export function createHomeKeeper(
  { runnerHome, link }: Pick<RunDeps, 'runnerHome' | 'link'>,
  isAtWork: (taskId: TaskId) => boolean,
): HomeKeeper {
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    ask: async () => {
      const tasks = await tasksWithHomes(runnerHome);
      const isDue = tasks.length > HOME_BOUNDS.keep || performance.now() - askedAt > ASK_EVERY_MS;
      if (tasks.length === 0 || !isDue) return;
      if (link.send({ type: 'homes', tasks: [...tasks] })) askedAt = performance.now();
    },
    onAnswer: (resting) => boundHomes(runnerHome, new Set(resting.filter((taskId) => !isAtWork(taskId)))),
  };
}
