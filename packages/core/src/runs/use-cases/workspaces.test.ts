import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import { CLEAN_REPORT, codeOf, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES, type TestDatabase } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateTask } from '../../board/index.ts';
import { settleRun } from '../../dispatch/index.ts';
import { createEventFeed } from '../../events/index.ts';
import { DEFAULT_RETENTION } from '../domain/retention.ts';
import { createWorkspaceKeeper } from '../workspace-keeper.ts';
import { listWorkspaces } from './list-workspaces.ts';
import { type RemoveOrder, removeWorkspace } from './remove-workspace.ts';
import { sweepWorkspaces } from './sweep-workspaces.ts';

const DAY = 86_400_000;

/** A board with the workspace of one ended run, and the way to sweep it. */
async function openHouse(database: TestDatabase) {
  const board = await openTestBoard(database);
  const asked = new Map<RunId, number>();
  const run = await board.addClaimed({ title: 'Mend the door' });
  const report = { ...CLEAN_REPORT, workspacePath: `/srv/${run.taskId}`, diskBytes: 4_096 };
  okValue(await settleRun(board, { runId: run.id, report }));
  const keeper = createWorkspaceKeeper({
    ...board,
    feed: createEventFeed(0),
    retention: DEFAULT_RETENTION,
    onError: (error) => {
      throw error;
    },
  });
  return {
    board,
    run,
    keeper,
    /** Asked again by a server that was started anew. */
    forgetAsked: () => asked.clear(),
    sweep: () => sweepWorkspaces({ ...board, retention: DEFAULT_RETENTION, asked }),
    move: async (status: string, taskId: TaskId = run.taskId) =>
      okValue(await updateTask(board, { taskId, patch: { status }, actor: 'ada' })),
    cleans: async () => {
      const pending = await board.db.read((ports) => ports.commands.pendingFor(run.runnerId));
      return pending.filter((it) => it.command.kind === 'clean');
    },
    list: async () =>
      okValue(
        await listWorkspaces({
          ...board,
          retention: DEFAULT_RETENTION,
          keptBecause: keeper.keptBecause,
        }),
      ),
  };
}
type House = Awaited<ReturnType<typeof openHouse>>;

async function carryOut(house: House, kept: string | null): Promise<void> {
  for (const { commandId, runId } of await house.cleans()) {
    await house.board.db.write(async (ports) => ok(await ports.commands.markDone(commandId)));
    await house.keeper.noteCleaned(runId, kept);
  }
}

describe.each(TEST_DATABASES)('workspaces on %s', (database) => {
  it('are listed with what they take, by runner', async () => {
    const house = await openHouse(database);
    await using board = house.board;
    const { run } = house;
    const { workspaces, totals } = await house.list();
    expect(workspaces).toMatchObject([
      {
        taskId: run.taskId,
        taskTitle: 'Mend the door',
        runId: run.id,
        path: `/srv/${run.taskId}`,
        sizeBytes: 4_096,
        isLanded: false,
        removedAfter: null,
        keptBecause: null,
      },
    ]);
    expect(totals).toMatchObject([{ runnerId: run.runnerId, count: 1, sizeBytes: 4_096, unmeasured: 0 }]);
    expect((await board.run(run.id)).diskBytes).toBe(4_096);
  });

  it('go after their time, and are forgotten when they are gone', async () => {
    const house = await openHouse(database);
    await using board = house.board;
    await house.move('done');
    const doneAt = (await board.task(house.run.taskId)).completedAt ?? 0;
    expect(await house.sweep()).toMatchObject({ nextDueAt: doneAt + 30 * DAY });
    expect(await house.cleans()).toEqual([]);
    board.clock.advance(doneAt + 30 * DAY - board.clock.now());
    await house.sweep();
    expect(await house.cleans()).toMatchObject([
      { runId: house.run.id, command: { workspace: { path: `/srv/${house.run.taskId}` } } },
    ]);
    await carryOut(house, null);
    expect((await house.list()).workspaces).toEqual([]);
    expect(await house.sweep()).toMatchObject({ nextDueAt: null });
  });

  it('go at once when their task is archived, and are asked for once while the runner is away', async () => {
    const house = await openHouse(database);
    await using _board = house.board;
    await house.move('archived');
    await house.sweep();
    await house.sweep();
    house.forgetAsked();
    await house.sweep();
    expect(await house.cleans()).toHaveLength(1);
  });

  it('that were kept are asked for again after a day, not every minute, and say why they are there', async () => {
    const house = await openHouse(database);
    await using board = house.board;
    await house.move('archived');
    await house.sweep();
    await carryOut(house, 'it has uncommitted work');
    const { nextDueAt } = await house.sweep();
    expect(nextDueAt).toBe(board.clock.now() + DAY);
    expect(await house.cleans()).toEqual([]);
    expect((await house.list()).workspaces).toMatchObject([{ keptBecause: 'it has uncommitted work' }]);
    board.clock.advance(DAY);
    await house.sweep();
    expect(await house.cleans()).toHaveLength(1);
  });

  it('stay while a run of their task is live, and when the task is opened again', async () => {
    const house = await openHouse(database);
    await using board = house.board;
    const live = await board.addClaimed({ title: 'Archived while it runs' });
    await house.move('archived', live.taskId);
    await board.db.write(async (ports) => {
      const run = await ports.runs.find(live.id);
      if (run) await ports.runs.save({ ...run, workspacePath: '/srv/live' });
      return ok(null);
    });
    const swept = await house.sweep();
    expect([...swept.inUse]).toEqual([live.taskId]);
    expect(await house.cleans()).toEqual([]);
    okValue(
      await settleRun(board, { runId: live.id, report: { ...CLEAN_REPORT, workspacePath: '/srv/live' } }),
    );
    await house.sweep();
    expect(await house.cleans()).toMatchObject([{ runId: live.id }]);
  });

  it('are removed on a person’s word, unless work would be lost', async () => {
    const house = await openHouse(database);
    await using board = house.board;
    const { taskId } = house.run;
    const orders: RemoveOrder[] = [];
    const refusing = {
      ...board,
      remove: async () => refuse('workspace_kept', { taskId, reason: 'it has uncommitted work.' }),
    };
    const kept = await removeWorkspace(refusing, taskId);
    expect(kept).toMatchObject({
      refusal: {
        code: 'workspace_kept',
        message: `the workspace of ${taskId} was not removed: it has uncommitted work`,
      },
    });
    expect((await house.list()).workspaces).toHaveLength(1);
    const willing = {
      ...board,
      remove: async (_runner: string, order: RemoveOrder) => {
        orders.push(order);
        return ok({});
      },
    };
    expect(await removeWorkspace(willing, taskId)).toEqual(ok(null));
    expect(orders).toMatchObject([{ kind: 'remove', workspace: { path: `/srv/${taskId}` } }]);
    expect(codeOf(await removeWorkspace(willing, taskId))).toBe('workspace_not_found');
    expect(codeOf(await removeWorkspace(willing, 't_none'))).toBe('task_not_found');
  });

  it('are not removed while a run is at work, nor when they are a folder of a person', async () => {
    const house = await openHouse(database);
    await using board = house.board;
    const remove = async () => {
      throw new Error('the runner must not be asked');
    };
    const live = await board.addClaimed({ title: 'Running' });
    expect(codeOf(await removeWorkspace({ ...board, remove }, live.taskId))).toBe('workspace_kept');
    const own = await board.add({ workspaceKind: 'dir', workspacePath: '/home/ada/house', assignee: '' });
    expect(codeOf(await removeWorkspace({ ...board, remove }, own.id))).toBe('workspace_kept');
  });
});
