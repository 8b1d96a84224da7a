import type { Budget } from '@quarterdeck/contract/budget';
import type { ProjectId } from '@quarterdeck/contract/ids';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { makeAgent, makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import {
  CLEAN_REPORT,
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateTask } from '../../board/index.ts';
import { createLiveBus } from '../../events/index.ts';
import { updateProfile } from '../../fleet/index.ts';
import type { RunRecord } from '../../runs/index.ts';
import { recordJournal } from '../../sessions/index.ts';
import { afterTurn } from './after-turn.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';
import { explainTask } from './explain-tasks.ts';
import { listBudgets } from './list-budgets.ts';
import { settleRun } from './settle-run.ts';
import { stopOverBudget } from './stop-over-budget.ts';

const DAY = 86_400_000;
const claim = async (board: TestBoard) => okValue(await claimReadyTasks(board, 100)).map((it) => it.task.id);
const why = async (board: TestBoard, id: Parameters<TestBoard['task']>[0]) => {
  const task = await board.task(id);
  return board.db.read((ports) => explainTask(ports, task, board.clock.now()));
};
const usage = (costMicros: number) => ({ ...NO_USAGE, costMicros, costSource: 'reported' as const });

/** The host of a run says what it has cost so far. */
const spend = (board: TestBoard, run: RunRecord, costMicros: number, seq = 1) =>
  recordJournal(
    {
      ...board,
      live: createLiveBus(),
      prices: { estimate: async () => null },
      afterTurn,
      afterCosts: stopOverBudget,
    },
    {
      runId: run.id,
      lines: [{ seq, at: board.clock.now(), entry: { kind: 'usage', usage: usage(costMicros) } }],
    },
  );
const work = async (board: TestBoard, costMicros: number, task = {}) => {
  const run = await board.addClaimed(task);
  await spend(board, run, costMicros);
  await change(board.db, async (ports) => {
    const found = await ports.runs.find(run.id);
    if (found) await ports.runs.save({ ...found, reportedOutcome: 'completed' });
  });
  okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
  return run;
};
const many = (board: TestBoard, ...profiles: string[]) =>
  change(board.db, (ports) =>
    ports.runners.save(
      makeRunner({
        capacity: 50,
        agents: profiles.map((profile) => makeAgent(profile, { maxConcurrentRuns: 50 })),
      }),
    ),
  );
const setProject = (board: TestBoard, budget: Budget | null) =>
  change(board.db, async (ports) => {
    const project = await ports.projects.find('p_general' as ProjectId);
    if (project) await ports.projects.save({ ...project, budget });
  });

describe.each(TEST_DATABASES)('K16 budgets on %s', (database) => {
  it('of a project stop claiming before they are passed, claims of the same pass counted', async () => {
    await using board = await openTestBoard(database);
    await many(board, 'alpha', 'beta');
    await work(board, 1_000_000);
    await setProject(board, { limitMicros: 3_500_000, period: 'day' });
    const tasks = [];
    for (let index = 0; index < 5; index += 1) tasks.push(await board.add());
    expect(await claim(board)).toEqual([tasks[0]?.id, tasks[1]?.id]);
    expect(await claim(board)).toEqual([]);
    const [reason] = await why(board, tasks[2]?.id ?? ('' as never));
    expect(reason).toMatchObject({ code: 'project_budget', until: Math.ceil(board.clock.now() / DAY) * DAY });
    const cheap = await board.add({ assignee: 'beta', priority: -1 });
    expect(await claim(board)).toEqual([cheap.id]);
    board.clock.advance(DAY);
    expect(await claim(board)).toHaveLength(3);
  });

  it('of a profile hold wherever it works, and others go on', async () => {
    await using board = await openTestBoard(database);
    await many(board, 'alpha', 'beta');
    await work(board, 400_000);
    await work(board, 600_000);
    const patch = { budget: { limitMicros: 1_400_000, period: 'total' } } as const;
    okValue(await updateProfile(board, { profile: 'alpha', patch, actor: 'ada' }));
    const [own, other] = [await board.add(), await board.add({ assignee: 'beta' })];
    expect(await claim(board)).toEqual([other.id]);
    expect(await why(board, own.id)).toMatchObject([{ code: 'profile_budget' }]);
    expect(okValue(await listBudgets(board))).toMatchObject([
      { scope: 'profile', scopeId: 'alpha', spentMicros: 1_000_000, nextRunMicros: 500_000, until: null },
    ]);
    const raised = { budget: { limitMicros: 1_500_000, period: 'total' } } as const;
    okValue(await updateProfile(board, { profile: 'alpha', patch: raised, actor: 'ada' }));
    expect(await claim(board)).toEqual([own.id]);
  });

  it('count a live run at no less than it is expected to cost', async () => {
    await using board = await openTestBoard(database);
    await many(board, 'alpha');
    await work(board, 1_000_000);
    const live = await board.addClaimed();
    await setProject(board, { limitMicros: 2_999_999, period: 'month' });
    await board.add();
    expect(await claim(board)).toEqual([]);
    await setProject(board, { limitMicros: 3_000_000, period: 'month' });
    await spend(board, live, 1_000_001);
    expect(await claim(board)).toEqual([]);
    await setProject(board, { limitMicros: 3_000_001, period: 'month' });
    expect(await claim(board)).toHaveLength(1);
  });

  it('of a task keep it back, and let others go first', async () => {
    await using board = await openTestBoard(database);
    await many(board, 'alpha');
    await work(board, 1_000_000);
    const dear = await board.add({ priority: 9, budgetMicros: 999_999 });
    const others = [await board.add(), await board.add()];
    expect(okValue(await claimReadyTasks(board, 1)).map((it) => it.task.id)).toEqual([others[0]?.id]);
    expect(await why(board, dear.id)).toMatchObject([{ code: 'task_budget', remedy: expect.any(String) }]);
    await updateTask(board, { taskId: dear.id, patch: { budgetMicros: 1_000_000 }, actor: 'ada' });
    expect(await claim(board)).toEqual([dear.id, others[1]?.id]);
  });

  it('of a task stop the run that passes them, keep its work, and go on in its session when raised', async () => {
    await using board = await openTestBoard(database);
    await many(board, 'alpha');
    const run = await board.addClaimed({ budgetMicros: 2_500_000 });
    const session = {
      kind: 'session',
      agentSessionId: 'ses_1',
      canResume: true,
      offers: null,
      isResumed: false,
    } as const;
    const started = { kind: 'started', pid: 1, agentName: 'alpha', agentVersion: '1' } as const;
    const write = { ...board, live: createLiveBus(), prices: { estimate: async () => null }, afterTurn };
    await recordJournal(
      { ...write, afterCosts: stopOverBudget },
      {
        runId: run.id,
        lines: [started, session].map((entry, index) => ({
          seq: index + 1,
          at: board.clock.now(),
          entry,
        })),
      },
    );
    await spend(board, run, 2_500_000, 3);
    expect(await board.run(run.id)).toMatchObject({ status: 'working' });
    await spend(board, run, 2_530_000, 4);
    expect(await board.run(run.id)).toMatchObject({ status: 'stopping', failureHint: 'over_budget' });
    okValue(await settleRun(board, { runId: run.id, report: CLEAN_REPORT }));
    expect(await board.run(run.id)).toMatchObject({
      outcome: 'over_budget',
      branch: CLEAN_REPORT.branch,
      workspacePath: CLEAN_REPORT.workspacePath,
    });
    expect(await board.task(run.taskId)).toMatchObject({
      status: 'blocked',
      blockKind: 'budget',
      failureCount: 0,
      blockReason: expect.stringContaining('$2.53 of $2.50'),
    });
    await updateTask(board, { taskId: run.taskId, patch: { status: 'ready' }, actor: 'ada' });
    expect(await claim(board)).toEqual([]);
    await updateTask(board, { taskId: run.taskId, patch: { budgetMicros: 9_000_000 }, actor: 'ada' });
    expect(await claim(board)).toEqual([run.taskId]);
    const commands = await board.db.read((ports) => ports.commands.pendingFor(run.runnerId));
    expect(commands.map((it) => it.command)).toMatchObject([
      { kind: 'start', order: { resume: { agentSessionId: 'ses_1' } } },
    ]);
  });
});

describe('K16 settings of a profile', () => {
  it('pause it until somebody resumes it, and say why', async () => {
    await using board = await openTestBoard('sqlite');
    const pause = { isPaused: true, pauseReason: 'costs too much' };
    okValue(await updateProfile(board, { profile: 'alpha', patch: pause, actor: 'ada' }));
    const task = await board.add();
    expect(await claim(board)).toEqual([]);
    const [reason] = await why(board, task.id);
    expect(reason).toMatchObject({ code: 'profile_paused', message: expect.stringContaining('too much') });
    expect(reason).not.toHaveProperty('until');
    const resumed = okValue(
      await updateProfile(board, { profile: 'alpha', patch: { isPaused: false }, actor: 'ada' }),
    );
    expect(resumed).toMatchObject({ profile: 'alpha', isPaused: false, pauseReason: null, budget: null });
    expect(await claim(board)).toEqual([task.id]);
    expect(board.takeKinds()).toContain('profile.changed');
  });

  it('are refused for a profile that no runner has', async () => {
    await using board = await openTestBoard('sqlite');
    const refused = await updateProfile(board, {
      profile: 'nobody',
      patch: { isPaused: true },
      actor: 'ada',
    });
    expect(codeOf(refused)).toBe('profile_not_found');
  });
});
