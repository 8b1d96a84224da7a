import { followTask, isAtRest } from '../stage/follow-task.ts';
import { board, inFolder } from '../stage/scenario-words.ts';
import type { Check } from './check.ts';

const SCENARIO = 'two';

/** Two tasks of one repository at the same time. */
export const twoAtOnce: Check = {
  name: 'two-at-once',
  demands: 'works on two tasks of the same repository at the same time, each on its own branch',
  scenarios: ({ tools }, folderOf) => ({
    [SCENARIO]: [
      inFolder(folderOf, (folder) => tools.write(`${folder}/new.txt`, 'A new file.')),
      board('task_complete', { summary: 'Written' }),
      { text: 'Done.' },
    ],
  }),
  async run(bench, { must }) {
    const taskIds = [await bench.give(SCENARIO), await bench.give(SCENARIO)];
    const both = await Promise.all(
      taskIds.map((taskId) => followTask(bench, taskId, isAtRest, { timeoutMs: 90_000 })),
    );
    for (const { detail } of both)
      must(
        detail.task.status === 'done',
        `a task is ${detail.task.status}: ${detail.task.blockReason ?? ''}`,
      );
    const [first, second] = both.map(({ detail }) => detail.runs[0]);
    must(
      (first?.startedAt ?? 0) < (second?.endedAt ?? 0) && (second?.startedAt ?? 0) < (first?.endedAt ?? 0),
      'they did not run at the same time',
    );
    must(first?.branch !== second?.branch, `both worked on ${first?.branch}`);
  },
};
