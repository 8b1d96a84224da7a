import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import type { JournalEntry } from '@quarterdeck/contract/journal';
import { openTestBoard, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import type { TestDatabase } from '@quarterdeck/testkit/store/open-test-store';
import { createLiveBus } from '../../events/index.ts';
import { recordJournal } from '../../sessions/index.ts';
import { afterTurn } from '../use-cases/after-turn.ts';
import { stopOverBudget } from '../use-cases/stop-over-budget.ts';

/** A board on which anything may happen, with what has come about on it so far. */
export interface World extends TestBoard {
  readonly taskIds: TaskId[];
  /** Every run there was, with the last journal line its host wrote. */
  readonly runs: Map<RunId, number>;
  /** The host of a run writes the next line of its journal and sends it. */
  write(runId: RunId, entry: JournalEntry): Promise<void>;
}

export async function openWorld(database: TestDatabase): Promise<World> {
  const board = await openTestBoard(database);
  await change(board.db, async (ports) => {
    for (const project of await ports.projects.list())
      await ports.projects.save({ ...project, kind: 'git', baseBranch: 'main' });
  });
  const runs = new Map<RunId, number>();
  const deps = {
    ...board,
    live: createLiveBus(),
    prices: { estimate: async () => null },
    afterTurn,
    afterCosts: stopOverBudget,
  };
  return {
    ...board,
    taskIds: [],
    runs,
    async write(runId, entry) {
      const seq = (runs.get(runId) ?? 0) + 1;
      runs.set(runId, seq);
      await recordJournal(deps, { runId, lines: [{ seq, at: board.clock.now(), entry }] });
    },
  };
}
