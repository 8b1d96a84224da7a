import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import type { Result } from '@quarterdeck/contract/result';
import { NOTHING_KEPT, type RunReport } from '@quarterdeck/contract/runner-protocol';
import type { Task, TaskCreate } from '@quarterdeck/contract/task';
import { createTask } from '@quarterdeck/core/board';
import { claimReadyTasks } from '@quarterdeck/core/dispatch';
import type { RunRecord } from '@quarterdeck/core/runs';
import { change } from '../store/change.ts';
import { openTestStore, type TestDatabase, type TestStore } from '../store/open-test-store.ts';
import { makeProject } from './make-project.ts';
import { makeRunner } from './make-runner.ts';

/** The value of an outcome that must be one; throws with the refusal's text otherwise. */
export function okValue<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${result.refusal.message}`);
}

/** The code of a refusal, or null when there was none. */
export function codeOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.refusal.code;
}

/** What a runner reports when nothing went wrong on its side. */
export const CLEAN_REPORT: RunReport = {
  failure: null,
  workspacePath: '/srv/space',
  branch: 'quarterdeck/task',
  ...NOTHING_KEPT,
  diskBytes: null,
  diffStat: { files: 1, added: 2, removed: 3 },
};

/** A board with the general project and one connected runner, and short ways to bring tasks and runs about. */
export interface TestBoard extends TestStore {
  add(task?: Partial<TaskCreate>): Promise<Task>;
  /** Adds a task and has it claimed; the run it got. */
  addClaimed(task?: Partial<TaskCreate>): Promise<RunRecord>;
  task(taskId: TaskId): Promise<Task>;
  run(runId: RunId): Promise<RunRecord>;
  /** Kinds of the events since the last call, oldest first. */
  takeKinds(): string[];
}

export async function openTestBoard(database: TestDatabase): Promise<TestBoard> {
  const store = await openTestStore(database);
  await change(store.db, async (ports) => {
    await ports.projects.insert(makeProject());
    await ports.runners.save(makeRunner());
  });
  const add = async (task: Partial<TaskCreate> = {}) =>
    okValue(
      await createTask(store, {
        task: { title: 'Do it', assignee: 'alpha', ...task },
        actor: 'ada',
      }),
    );
  const found = <T>(value: T | null): T => {
    if (value === null) throw new Error('the row is not there');
    return value;
  };
  let taken = 0;
  return {
    ...store,
    add,
    async addClaimed(task = {}) {
      const { id } = await add(task);
      const claims = okValue(await claimReadyTasks(store, 100));
      return found(claims.find((claim) => claim.task.id === id)?.run ?? null);
    },
    task: async (taskId) => found(await store.db.read((ports) => ports.tasks.find(taskId))),
    run: async (runId) => found(await store.db.read((ports) => ports.runs.find(runId))),
    takeKinds() {
      const kinds = store.events.slice(taken).map((event) => event.kind);
      taken = store.events.length;
      return kinds;
    },
  };
}
