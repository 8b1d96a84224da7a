import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import type { LandingResult } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { claimReadyTasks, settleRun } from '@quarterdeck/core/dispatch';
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
import type { LandOrder } from '../ports.ts';
import { approveTask } from './approve-task.ts';
import { landTask } from './land-task.ts';
import { requestChanges } from './request-changes.ts';

const LANDED: LandingResult = {
  status: 'landed',
  strategy: 'squash',
  into: 'main',
  commit: 'abc',
  base: null,
  head: null,
  isOutdated: false,
  files: [],
  message: 'The work is in main.',
};
const CONFLICT: LandingResult = { ...LANDED, status: 'conflict', commit: null, files: ['a.ts'] };

/** A machine that answers this, and what it was asked. */
function siteOf(answer: Result<LandingResult>, meanwhile?: () => Promise<unknown>) {
  const orders: LandOrder[] = [];
  const land = async (_: unknown, order: LandOrder) => {
    orders.push(order);
    await meanwhile?.();
    return answer;
  };
  return { land, orders };
}

/** A task whose agent has handed in work for review. */
async function inReview(board: TestBoard, outcome: 'review_requested' | 'completed' = 'review_requested') {
  await change(board.db, async (ports) => {
    const [project] = await ports.projects.list();
    if (project) await ports.projects.save({ ...project, kind: 'git', baseBranch: 'main' });
  });
  const run = await board.addClaimed({ workspaceKind: 'worktree' });
  await handIn(board, run.id, outcome);
  board.takeKinds();
  return { taskId: run.taskId, runId: run.id };
}

async function handIn(board: TestBoard, runId: RunId, outcome: 'review_requested' | 'completed') {
  const run = await board.run(runId);
  await change(board.db, (ports) =>
    ports.runs.save({ ...run, reportedOutcome: outcome, summary: 'Here it is.', agentSessionId: 'ses_1' }),
  );
  okValue(await settleRun(board, { runId, report: CLEAN_REPORT }));
}

const approve = (board: TestBoard, taskId: TaskId, site = siteOf(ok(LANDED)), seen = {}) =>
  approveTask({ ...board, site }, { taskId, approval: { land: 'squash', ...seen }, actor: 'ada' });

describe.each(TEST_DATABASES)('K22 approving on %s', (database) => {
  it('lands the work of exactly the run that was seen, then the task is done and its children start', async () => {
    await using board = await openTestBoard(database);
    const { taskId, runId } = await inReview(board);
    const child = await board.add({ parents: [taskId] });
    board.takeKinds();
    const site = siteOf(ok(LANDED));
    const task = okValue(await approve(board, taskId, site, { runId, head: 'f00' }));
    expect(task).toMatchObject({
      status: 'done',
      landing: { status: 'landed', commit: 'abc', head: 'f00', runId, by: 'ada' },
    });
    expect(await board.task(taskId)).toEqual(task);
    expect(site.orders).toMatchObject([
      { runId, taskId, head: 'f00', strategy: 'squash', baseBranch: 'main' },
    ]);
    expect((await board.task(child.id)).status).toBe('ready');
    expect(board.takeKinds()).toEqual(['task.landed', 'task.completed', 'task.promoted']);
  });

  it('keeps a conflict on the task, which stays in review and is refused with its files', async () => {
    await using board = await openTestBoard(database);
    const { taskId } = await inReview(board);
    const refused = await approve(board, taskId, siteOf(ok(CONFLICT)));
    expect(codeOf(refused)).toBe('landing_conflict');
    expect(refused.ok || refused.refusal.message).toContain('a.ts');
    expect(await board.task(taskId)).toMatchObject({ status: 'review', landing: { status: 'conflict' } });
    expect(board.takeKinds()).toEqual(['task.landing_failed']);
    expect(okValue(await approve(board, taskId)).status).toBe('done');
  });
});

describe('K22 approving', () => {
  it('without a strategy touches no branch', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await inReview(board);
    const site = siteOf(ok(LANDED));
    const task = okValue(await approve(board, taskId, site, { land: null }));
    expect(task).toMatchObject({ status: 'done', landing: null });
    expect(site.orders).toEqual([]);
  });

  it('is for work in review, of the newest run, and asks nothing of a machine otherwise', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await inReview(board);
    const site = siteOf(ok(LANDED));
    expect(codeOf(await approve(board, taskId, site, { runId: 'r_old' }))).toBe('review_outdated');
    expect(codeOf(await approve(board, 't_gone' as TaskId, site))).toBe('task_not_found');
    const { id } = await board.add();
    expect(codeOf(await approve(board, id, site))).toBe('transition_refused');
    expect(site.orders).toEqual([]);
  });

  it('changes nothing when the machine cannot be reached', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await inReview(board);
    const before = await board.task(taskId);
    const offline = siteOf(refuse('runner_offline', { runnerId: 'm_test' }));
    expect(codeOf(await approve(board, taskId, offline))).toBe('runner_offline');
    expect(await board.task(taskId)).toEqual(before);
  });

  it('records that work has landed also when the task was sent back meanwhile', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await inReview(board);
    const site = siteOf(ok(LANDED), () => sendBack(board, taskId));
    expect(okValue(await approve(board, taskId, site))).toMatchObject({
      status: 'ready',
      landing: { status: 'landed' },
    });
  });
});

const sendBack = (board: TestBoard, taskId: TaskId, summary = 'Nearly.') =>
  requestChanges(board, {
    taskId,
    remarks: { summary, comments: [{ path: 'a.ts', line: 3, side: 'new', body: 'Name it.' }] },
    actor: 'bob',
  });

describe('K22 requesting changes', () => {
  it.each(['review_requested', 'completed'] as const)(
    'after %s the agent goes on in its session',
    async (outcome) => {
      await using board = await openTestBoard('sqlite');
      const { taskId } = await inReview(board, outcome);
      board.clock.advance(1000);
      expect(okValue(await sendBack(board, taskId)).status).toBe('ready');
      expect(board.takeKinds()).toEqual(['task.changes_requested', 'task.commented']);
      const [claim] = okValue(await claimReadyTasks(board, 10));
      expect(claim?.run.attempt).toBe(2);
      const commands = await board.db.read((ports) => ports.commands.pendingFor('m_test' as never));
      const start = commands.map(({ command }) => command).find((command) => command.kind === 'start');
      expect(start?.order).toMatchObject({
        workspace: { branch: CLEAN_REPORT.branch },
        resume: { agentSessionId: 'ses_1', prompt: expect.stringContaining('`a.ts:3`\nName it.') },
        prompt: expect.stringContaining('Nearly.'),
      });
    },
  );

  it('forgets how the landing went, and refuses what has landed, is empty or was never handed in', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId, runId } = await inReview(board);
    await approve(board, taskId, siteOf(ok(CONFLICT)));
    const empty = { taskId, remarks: { summary: ' ', comments: [] }, actor: 'bob' };
    expect(codeOf(await requestChanges(board, empty))).toBe('changes_empty');
    expect(okValue(await sendBack(board, taskId)).landing).toBeNull();
    expect(codeOf(await sendBack(board, taskId))).toBe('transition_refused');
    const [claim] = okValue(await claimReadyTasks(board, 10));
    await handIn(board, claim?.run.id ?? runId, 'completed');
    const landing = { strategy: 'merge', message: null } as const;
    const site = siteOf(ok(LANDED));
    okValue(await landTask({ ...board, site }, { taskId, landing, actor: 'ada' }));
    expect(codeOf(await sendBack(board, taskId))).toBe('task_landed');
  });
});
