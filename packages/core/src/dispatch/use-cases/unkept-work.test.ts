import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { updateTask } from '../../board/index.ts';
import {
  BASE,
  COMPLETE,
  HAND_OVER,
  HEAD,
  handedIn,
  keep,
  keeperOf,
  keptReport,
  NESTED,
  REFUSED,
  reported,
  WHOLE,
} from '../testing/kept-scene.ts';
import { callAgentTool } from './call-agent-tool.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';
import { settleRun } from './settle-run.ts';
import { sweepRuns } from './sweep-runs.ts';

const bodies = async (board: TestBoard, taskId: TaskId) =>
  (await board.db.read((ports) => ports.comments.ofTask(taskId))).map(({ body }) => body);
const move = (board: TestBoard, taskId: TaskId, status: string) =>
  updateTask(board, { taskId, patch: { status }, actor: 'ada' });

const UNKEPT = [
  ['F01', 'nothing could be committed', REFUSED, 'LF would be replaced'],
  ['F02', 'a folder was left out', { ...NESTED, commit: HEAD }, 'site (it has a git repository of its own)'],
  ['F09', 'a merge is unfinished', { keepFailure: 'a merge is not finished in a.ts' }, 'a merge is not'],
  ['F10', 'the branch is checked out elsewhere', { keepFailure: 'qd/t is checked out in /srv' }, '/srv'],
  ['F01', 'some failed, some was left out', { ...REFUSED, ...NESTED, commit: HEAD }, 'Left out: site'],
] as const;
const WAYS = [
  ['completed', COMPLETE, null, 'done'],
  ['completed, with a reviewer', COMPLETE, 'beta', 'review'],
  ['handed over for review', HAND_OVER, null, 'review'],
] as const;
const CASES = UNKEPT.flatMap(([id, what, kept, said]) =>
  WAYS.map(([how, tool, reviewer, goal]) => ({ id, what, kept, said, how, tool, reviewer, goal })),
);

describe.each(TEST_DATABASES)('work that could not be kept on %s', (database) => {
  it.each(CASES)('$id: $what, $how: never done, children wait, kept again it is $goal', async (given) => {
    await using board = await openTestBoard(database);
    const { tool, reviewer, goal } = given;
    const run = await reported(board, tool, { reviewer });
    const child = await board.add({ parents: [run.taskId] });
    const report = keptReport(given.kept);
    okValue(await settleRun(board, { runId: run.id, report }));
    const { taskId } = run;
    const blocked = await board.task(taskId);
    expect(blocked).toMatchObject({ status: 'blocked', blockKind: 'unkept', currentRunId: null });
    expect(blocked.blockReason).toContain(given.said);
    expect(blocked.blockReason).toContain(`quarterdeck task keep ${taskId}`);
    expect((await bodies(board, taskId)).join()).toContain(given.said);
    expect((await board.task(child.id)).status).toBe('todo');
    const site = keeperOf();
    expect(okValue(await keep(board, taskId, site)).status).toBe(goal);
    expect(site.orders).toMatchObject([
      { runId: run.id, workspace: { path: '/srv/space', kind: 'worktree' } },
    ]);
    expect(await board.run(run.id)).toMatchObject({ unkept: null, headCommit: HEAD, baseCommit: BASE });
    expect((await board.task(child.id)).status).toBe(goal === 'done' ? 'ready' : 'todo');
  });

  it('F01: a late word of the runner still counts when the lease had ended', async () => {
    await using board = await openTestBoard(database);
    const run = await reported(board);
    board.clock.advance(901_000);
    await sweepRuns(board);
    expect(await board.task(run.taskId)).toMatchObject({ status: 'blocked', blockKind: 'unkept' });
    expect((await board.task(run.taskId)).blockReason).toContain('has not come back');
    okValue(await settleRun(board, { runId: run.id, report: keptReport({ commit: HEAD }) }));
    expect(await board.task(run.taskId)).toMatchObject({ status: 'done', result: 'all done' });
    board.takeKinds();
    okValue(await settleRun(board, { runId: run.id, report: keptReport(REFUSED) }));
    expect(board.takeKinds()).toEqual([]);
  });
});

describe('keeping work again', () => {
  it('F01: says what is still in the way, and takes in what was kept meanwhile', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId, id } = await handedIn(board, REFUSED);
    const refused = await keep(board, taskId, keeperOf(ok({ ...WHOLE, ...NESTED })));
    expect(codeOf(refused)).toBe('keep_refused');
    expect(refused.ok || refused.refusal.message).toContain('site');
    expect((await board.task(taskId)).blockReason).toContain('site');
    expect(await board.run(id)).toMatchObject({ headCommit: HEAD, unkept: { failure: null } });
    expect(okValue(await keep(board, taskId)).status).toBe('done');
  });

  it('F01: changes nothing while the machine is away, and can be asked twice at once and after that', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await handedIn(board, REFUSED);
    board.takeKinds();
    const away = keeperOf(refuse('runner_offline', { runnerId: 'm_test' }));
    expect(codeOf(await keep(board, taskId, away))).toBe('runner_offline');
    expect(board.takeKinds()).toEqual([]);
    const both = await Promise.all([keep(board, taskId), keep(board, taskId)]);
    expect(both.map((it) => okValue(it).status)).toEqual(['done', 'done']);
    expect(okValue(await keep(board, taskId)).status).toBe('done');
    expect(board.takeKinds().filter((kind) => kind === 'task.completed')).toHaveLength(1);
  });

  it('F01: is nothing for a task at work, without work or without its folder', async () => {
    await using board = await openTestBoard('sqlite');
    expect(codeOf(await keep(board, 't_gone'))).toBe('task_not_found');
    expect(codeOf(await keep(board, (await board.add({ assignee: '' })).id))).toBe('keep_refused');
    const run = await reported(board);
    expect(codeOf(await keep(board, run.taskId))).toBe('keep_refused');
    okValue(await settleRun(board, { runId: run.id, report: keptReport(REFUSED) }));
    const ended = await board.run(run.id);
    await change(board.db, (ports) => ports.workspaces.forget(ended));
    expect(codeOf(await keep(board, run.taskId))).toBe('workspace_gone');
  });

  it('F01: yields to a newer attempt, whose report counts', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId, id } = await handedIn(board, REFUSED);
    const meanwhile = async () => {
      okValue(await move(board, taskId, 'ready'));
      okValue(await claimReadyTasks(board, 1));
    };
    await keep(board, taskId, keeperOf(ok(WHOLE), meanwhile));
    expect(await board.task(taskId)).toMatchObject({ status: 'running' });
    expect(await board.run(id)).toMatchObject({ headCommit: null, unkept: { remedy: REFUSED.keepRemedy } });
  });

  it('F01: a person may take the task as done without it, or have it tried again', async () => {
    await using board = await openTestBoard('sqlite');
    const over = await handedIn(board, REFUSED);
    expect(okValue(await move(board, over.taskId, 'done')).status).toBe('done');
    const again = await handedIn(board, REFUSED);
    expect(okValue(await move(board, again.taskId, 'ready')).status).toBe('ready');
    // What is kept afterwards is written down, and moves nobody's decision.
    expect(okValue(await keep(board, over.taskId)).status).toBe('done');
    expect(okValue(await keep(board, again.taskId)).status).toBe('ready');
  });

  it('S2: what is kept later is not what was approved before', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await handedIn(board, { commit: BASE }, { tool: HAND_OVER });
    const verdict = {
      decision: 'approved',
      by: 'beta',
      summary: '',
      head: BASE,
      runId: null,
      at: 1,
    } as const;
    const task = await board.task(taskId);
    await change(board.db, (ports) => ports.tasks.save({ ...task, verdict }));
    okValue(await keep(board, taskId));
    expect(await board.task(taskId)).toMatchObject({ status: 'review', verdict: null });
  });
});

describe('what a run leaves beside its work', () => {
  it.each(['host_died', 'timed_out'] as const)(
    'F01: a run that %s and left work unkept says so',
    async (kind) => {
      await using board = await openTestBoard('sqlite');
      const run = await board.addClaimed({ workspaceKind: 'worktree' });
      const report = keptReport({ ...REFUSED, failure: { kind, message: 'it ended' } });
      okValue(await settleRun(board, { runId: run.id, report }));
      expect((await board.task(run.taskId)).blockKind).not.toBe('unkept');
      expect((await bodies(board, run.taskId)).join()).toContain('LF would be replaced');
      expect(await board.run(run.id)).toMatchObject({ unkept: { failure: REFUSED.keepFailure } });
    },
  );

  it('S2: notes on the repository stay on the run and are a comment', async () => {
    await using board = await openTestBoard('sqlite');
    const notes = ['The hook pre-commit was added.'];
    const pastReview = 'main holds 2 commits of this task that nobody landed.';
    const run = await handedIn(board, { commit: HEAD, notes, pastReview });
    expect(await board.run(run.id)).toMatchObject({ notes, pastReview });
    const [said] = await bodies(board, run.taskId);
    expect(said).toContain('pre-commit');
    expect(said).toContain('nobody landed');
  });

  it('F01: a scratch folder is as before, also when its runner never comes back', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    okValue(await callAgentTool(board, { runId: run.id, call: COMPLETE }));
    board.clock.advance(901_000);
    await sweepRuns(board);
    expect((await board.task(run.taskId)).status).toBe('done');
  });
});
