import type { ProposalId, RunId, TaskId } from '@quarterdeck/contract/ids';
import type { RunReport } from '@quarterdeck/contract/runner-protocol';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import { makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import { CLEAN_REPORT } from '@quarterdeck/testkit/factories/open-test-board';
import {
  bulkUpdateTasks,
  createTask,
  linkTasks,
  unlinkTasks,
  updateTask,
  wakeScheduled,
} from '../../board/index.ts';
import { connectRunner, disconnectRunner } from '../../fleet/index.ts';
import { ruleOnProposal } from '../../supervision/index.ts';
import { callAgentTool, type ToolInput } from '../use-cases/call-agent-tool.ts';
import { claimReadyTasks } from '../use-cases/claim-ready-tasks.ts';
import { noteStarting } from '../use-cases/note-starting.ts';
import { noteTakenUp, renewLeases } from '../use-cases/renew-leases.ts';
import { runPass } from '../use-cases/run-pass.ts';
import { settleRun } from '../use-cases/settle-run.ts';
import { interruptRun, stopTaskRun } from '../use-cases/stop-task-run.ts';
import { sweepRuns } from '../use-cases/sweep-runs.ts';
import { keepSomehow, keptAs } from './keep-operations.ts';
import { LIMIT_OPERATIONS } from './limit-operations.ts';
import { REVIEW_OPERATIONS } from './review-operations.ts';
import type { World } from './world.ts';

/** Three numbers that choose among what there is. */
export interface Choice {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}
type Operation = (world: World, choice: Choice) => Promise<unknown>;

const ACTOR = 'ada';
const MOST_TASKS = 14;
const FAILURES = ['workspace_failed', 'start_failed', 'host_died', 'timed_out'] as const;
const HINTS = ['rate_limited', 'sign_in_needed', 'start_failed', 'crashed'] as const;
const JUMPS_MS = [1_000, 5_000, 31_000, 61_000, 91_000, 300_000, 901_000, -30_000] as const;
const ASSIGNEES = ['alpha', 'beta', 'alpha', 'beta', 'alpha', 'gamma', 'beta', ''] as const;

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
const task = (world: World, index: number): TaskId => pick(world.taskIds, index);

/** Mostly a run that lives, else one of the newest, which may be long over. */
async function run(world: World, index: number): Promise<RunId | null> {
  const live = index % 4 === 0 ? [] : await world.db.read((ports) => ports.runs.live());
  const newest = live.length > 0 ? live.map((it) => it.id).toSorted() : [...world.runs.keys()].slice(-8);
  return newest.length === 0 ? null : pick(newest.toReversed(), index >> 2);
}
const onRun =
  (work: (world: World, runId: RunId, choice: Choice) => Promise<unknown>): Operation =>
  async (world, choice) => {
    const runId = await run(world, choice.a);
    if (runId !== null) await work(world, runId, choice);
  };
/** Mostly on work that was handed in. */
const onWork =
  (work: (world: World, taskId: TaskId, choice: Choice) => Promise<unknown>): Operation =>
  async (world, choice) => {
    const tasks = await world.db.read((ports) => ports.tasks.list({ includeArchived: true }));
    const handedIn = tasks.filter((it) => it.status === 'review' || it.status === 'done').map((it) => it.id);
    const chosen = handedIn.length > 0 && choice.a % 4 > 0 ? handedIn.toSorted() : world.taskIds;
    if (chosen.length > 0) await work(world, pick(chosen, choice.a >> 2), choice);
  };
const onTask =
  (work: (world: World, taskId: TaskId, choice: Choice) => Promise<unknown>): Operation =>
  async (world, choice) => {
    if (world.taskIds.length > 0) await work(world, task(world, choice.a), choice);
  };

async function create(world: World, { a, b, c }: Choice): Promise<void> {
  if (world.taskIds.length >= MOST_TASKS) return;
  const parents = world.taskIds.length > 0 && a % 2 === 0 ? [task(world, b), task(world, c)] : [];
  const made = await createTask(world, {
    task: {
      title: 'Anything',
      parents,
      assignee: pick(ASSIGNEES, b),
      priority: c % 3,
      triage: a % 7 === 0,
      scheduledAt: a % 5 === 0 ? world.clock.now() + 40_000 : null,
      idempotencyKey: c % 11 === 0 ? 'key' : null,
      reviewer: pick([null, 'beta', null, 'ada'], a + b),
    },
    actor: ACTOR,
  });
  if (made.ok && !world.taskIds.includes(made.value.id)) world.taskIds.push(made.value.id);
}

async function callTool(world: World, runId: RunId, { b, c }: Choice): Promise<void> {
  const own = task(world, c);
  const calls: readonly ToolInput[] = [
    { name: 'task_complete', input: { summary: 'done' } },
    { name: 'task_block', input: { reason: 'stuck', kind: 'needs_input' } },
    { name: 'task_request_review', input: { summary: 'look' } },
    { name: 'task_heartbeat', input: { note: 'busy' } },
    { name: 'task_comment', input: { body: 'hm' } },
    { name: 'task_link', input: { parentId: own, childId: task(world, b) } },
    { name: 'task_show', input: {} },
    { name: 'task_approve', input: { summary: 'good' } },
    { name: 'task_request_changes', input: { summary: 'not yet' } },
    { name: 'task_comment', input: { taskId: own, body: 'What do you say, @alpha and @beta?' } },
  ];
  await callAgentTool(world, { runId, call: pick(calls, b) });
}

function report(world: World, { b, c }: Choice): RunReport {
  const kind = pick(FAILURES, c);
  const failure = b % 3 === 0 ? { kind, message: 'it went wrong' } : null;
  return { ...CLEAN_REPORT, ...keptAs(b + c), branch: `branch-${world.taskIds.length}`, failure };
}

async function rule(world: World, { a, b }: Choice): Promise<void> {
  const pending = await world.db.read((ports) => ports.proposals.list({ limit: 50 }));
  if (pending.length === 0) return;
  const ruling = {
    decision: pick(['allow', 'deny'] as const, a),
    scope: pick(['once', 'task', 'project'] as const, b),
  };
  await ruleOnProposal(world, { proposalId: pick(pending, a).id as ProposalId, ruling, actor: ACTOR });
}

/** Everything that can happen to a board, by name. */
export const OPERATIONS = {
  create,
  link: (world, { a, b }) =>
    world.taskIds.length === 0
      ? Promise.resolve()
      : linkTasks(world, { parentId: task(world, a), childId: task(world, b), actor: ACTOR }),
  unlink: async (world, { a }) => {
    const links = await world.db.read((ports) => ports.links.all());
    if (links.length > 0) await unlinkTasks(world, { ...pick(links, a), actor: ACTOR });
  },
  move: onTask((world, taskId, { b, c }) =>
    updateTask(world, {
      taskId,
      patch: {
        status: pick(TASK_STATUSES, b),
        ...(c % 2 === 0 ? { scheduledAt: world.clock.now() + 20_000 } : {}),
      },
      actor: ACTOR,
    }),
  ),
  putOff: onTask((world, taskId, { b, c }) => {
    const scheduledAt = c % 4 === 0 ? null : world.clock.now() + pick([-1, 5_000, 40_000, 400_000], b);
    return updateTask(world, { taskId, patch: { scheduledAt }, actor: ACTOR });
  }),
  unblock: onTask((world, taskId) => updateTask(world, { taskId, patch: { status: 'ready' }, actor: ACTOR })),
  archive: onTask((world, taskId) =>
    updateTask(world, { taskId, patch: { status: 'archived' }, actor: ACTOR }),
  ),
  edit: onTask((world, taskId, { b, c }) =>
    updateTask(world, { taskId, patch: { assignee: pick(ASSIGNEES, b), priority: c % 3 }, actor: ACTOR }),
  ),
  bulk: onTask((world, taskId, { b, c }) =>
    bulkUpdateTasks(world, {
      bulk: { ids: [taskId, task(world, b), 't_none'], status: pick(TASK_STATUSES, c) },
      actor: ACTOR,
    }),
  ),
  claim: async (world, { a }) => {
    const claims = await claimReadyTasks(world, 1 + (a % 4));
    if (claims.ok) for (const claim of claims.value) world.runs.set(claim.run.id, 0);
  },
  takeUp: onRun((world, runId) => noteTakenUp(world, runId)),
  prepare: onRun((world, runId, { b }) =>
    noteStarting(world, {
      runId,
      workspacePath: '/srv/space',
      branch: `branch-${b % 3}`,
      base: `base-${b % 2}`,
    }),
  ),
  start: onRun((world, runId) =>
    world.write(runId, { kind: 'started', pid: 1, agentName: 'alpha', agentVersion: '1' }),
  ),
  openSession: onRun((world, runId, { b, c }) =>
    world.write(runId, {
      kind: 'session',
      agentSessionId: `ses_${c % 4}`,
      canResume: b % 3 > 0,
      isResumed: false,
      offers: null,
    }),
  ),
  endTurn: onRun((world, runId, { b }) =>
    world.write(runId, { kind: 'turn', phase: 'ended', stopReason: b % 4 === 0 ? 'cancelled' : 'end_turn' }),
  ),
  ask: onRun((world, runId, { b }) =>
    world.write(runId, { kind: 'permission', requestId: `q${b % 3}`, detail: makeDetail() }),
  ),
  fail: onRun((world, runId, { b }) =>
    world.write(runId, { kind: 'failure', hint: pick(HINTS, b), message: 'no', resetAt: null }),
  ),
  runDry: onRun((world, runId, { b }) =>
    world.write(runId, {
      kind: 'failure',
      hint: 'rate_limited',
      message: 'used up',
      resetAt: b % 2 === 0 ? null : world.clock.now() + 70_000,
    }),
  ),
  exit: onRun((world, runId) =>
    world.write(runId, { kind: 'exited', code: 1, signal: null, errorTail: null }),
  ),
  callTool: onRun(callTool),
  keepAgain: onTask(keepSomehow),
  settle: onRun((world, runId, choice) => settleRun(world, { runId, report: report(world, choice) })),
  stop: onRun((world, runId) => stopTaskRun(world, { runId, actor: ACTOR, reason: null })),
  interrupt: onRun((world, runId) => interruptRun(world, { runId, actor: ACTOR })),
  beat: (world) => renewLeases(world, { runnerId: makeRunner().id, runIds: [...world.runs.keys()] }),
  sweep: (world) => sweepRuns(world),
  wake: (world) => wakeScheduled(world),
  rule,
  approve: onWork(REVIEW_OPERATIONS.approve),
  approveAndLand: onWork(REVIEW_OPERATIONS.approveAndLand),
  land: onWork(REVIEW_OPERATIONS.land),
  sendBack: onWork(REVIEW_OPERATIONS.sendBack),
  comment: onTask(REVIEW_OPERATIONS.comment),
  spend: onRun(LIMIT_OPERATIONS.spend),
  limitTask: onTask(LIMIT_OPERATIONS.limitTask),
  limitProject: LIMIT_OPERATIONS.limitProject,
  setProfile: LIMIT_OPERATIONS.setProfile,
  resume: LIMIT_OPERATIONS.resume,
  remember: LIMIT_OPERATIONS.remember,
  askForReview: onWork(REVIEW_OPERATIONS.askForReview),
  pass: (world, { a, b }) => runPass(world, { dryRun: a % 2 === 0, max: b % 4 }),
  wait: async (world, { a }) => void world.clock.advance(pick(JUMPS_MS, a)),
  disconnect: (world) => disconnectRunner(world, makeRunner().id),
  connect: (world, { a }) => {
    const { id: runnerId, name, agents } = makeRunner();
    return connectRunner(world, { runnerId, name, agents, capacity: 1 + (a % 5) });
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;
