import type { TaskId } from '@quarterdeck/contract/ids';
import type { Task } from '@quarterdeck/contract/task';
import { makeProposal } from '@quarterdeck/testkit/factories/make-proposal';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { commentOnTask, updateTask } from '../../board/index.ts';
import { diagnose } from './diagnose.ts';

const HOUR = 3_600_000;
const find = async (board: TestBoard, task?: string) => {
  const onFailed = (kind: string, cause: unknown) => {
    throw new Error(kind, { cause });
  };
  const deps = { ...board, explainer: async () => () => null, onFailed };
  return okValue(await diagnose(deps, { task })).diagnostics;
};
const kinds = async (board: TestBoard, task?: string) =>
  (await find(board, task)).map(({ kind, taskId }) => `${kind} ${taskId}`);
const patch = (board: TestBoard, taskId: TaskId, body: Parameters<typeof updateTask>[1]['patch']) =>
  updateTask(board, { taskId, patch: body, actor: 'ada' });
const save = (board: TestBoard, task: Task) => change(board.db, (ports) => ports.tasks.save(task));

describe.each(TEST_DATABASES)('K16 diagnostics on %s', (database) => {
  it('finds what is wrong on the board, worst first, and for one task', async () => {
    await using board = await openTestBoard(database);
    const stranded = await board.add({ assignee: 'beta' });
    const blocked = await board.add({ assignee: '' });
    await patch(board, blocked.id, { status: 'blocked', blockReason: 'no key' });
    await board.add({ assignee: '', triage: true });
    expect(await kinds(board)).toEqual([]);
    board.clock.advance(25 * HOUR);
    expect(await kinds(board)).toEqual([
      `stranded_in_ready ${stranded.id}`,
      `stuck_in_blocked ${blocked.id}`,
    ]);
    expect(await kinds(board, blocked.id)).toEqual([`stuck_in_blocked ${blocked.id}`]);
    await commentOnTask(board, { taskId: blocked.id, author: 'ada', body: 'asked for it' });
    await patch(board, stranded.id, { title: 'Another title' });
    expect(await kinds(board)).toEqual([`stranded_in_ready ${stranded.id}`]);
    await patch(board, stranded.id, { assignee: 'alpha' });
    expect(await kinds(board)).toEqual([]);
  });

  it('finds approvals that wait, a run that is gone, and repeated failures', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    await change(board.db, (ports) =>
      ports.proposals.insert(
        makeProposal({ taskId: run.taskId, runId: run.id, createdAt: board.clock.now() }),
      ),
    );
    board.clock.advance(16 * 60_000);
    const task = { ...(await board.task(run.taskId)), claimExpiresAt: board.clock.now() + HOUR };
    await save(board, task);
    expect(await kinds(board)).toEqual([`approval_waiting ${task.id}`]);
    const ended = { ...run, status: 'ended', outcome: 'crashed', endedAt: board.clock.now() } as const;
    await change(board.db, (ports) => ports.runs.save(ended));
    expect(await kinds(board)).toContain(`ghost_running ${task.id}`);
    await save(board, { ...task, status: 'ready', currentRunId: null, failureCount: 2, lastFailure: 'boom' });
    const [failures] = await find(board, task.id).then((all) =>
      all.filter((it) => it.kind === 'repeated_failures'),
    );
    expect(failures).toMatchObject({ runId: run.id, since: ended.endedAt, taskTitle: task.title });
  });

  it('finds a task that is held though its parent is archived', async () => {
    await using board = await openTestBoard(database);
    const parent = await board.add({ assignee: '' });
    const child = await board.add({ parents: [parent.id], assignee: '' });
    await patch(board, parent.id, { status: 'archived' });
    await patch(board, child.id, { status: 'todo' });
    board.clock.advance(HOUR);
    expect(await kinds(board)).toEqual([`waits_for_archived ${child.id}`]);
    expect(await kinds(board, child.id)).toEqual([`waits_for_archived ${child.id}`]);
  });
});

it('K16 refuses a task that is not there', async () => {
  await using board = await openTestBoard('sqlite');
  const onFailed = () => undefined;
  const asked = await diagnose({ ...board, explainer: async () => () => null, onFailed }, { task: 't_gone' });
  expect(codeOf(asked)).toBe('task_not_found');
});
