import type { RunReport } from '@quarterdeck/contract/runner-protocol';
import type { TaskCreate } from '@quarterdeck/contract/task';
import { CLEAN_REPORT, okValue, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import type { RunRecord } from '../../runs/index.ts';
import { callAgentTool, type ToolInput } from '../use-cases/call-agent-tool.ts';
import { claimReadyTasks } from '../use-cases/claim-ready-tasks.ts';
import { explainTask } from '../use-cases/explain-tasks.ts';
import { settleRun } from '../use-cases/settle-run.ts';

type OnRun = Pick<RunRecord, 'id'>;
export const settle = async (board: TestBoard, run: OnRun, failure: RunReport['failure'] = null) =>
  okValue(await settleRun(board, { runId: run.id, report: { ...CLEAN_REPORT, failure } }));
export const call = (board: TestBoard, run: OnRun, tool: ToolInput) =>
  callAgentTool(board, { runId: run.id, call: tool });
export const claim = async (board: TestBoard, max = 10) =>
  okValue(await claimReadyTasks(board, max)).map((claimed) => claimed.run);
export const why = async (board: TestBoard, run: Pick<RunRecord, 'taskId'>) => {
  const task = await board.task(run.taskId);
  return (await board.db.read((ports) => explainTask(ports, task, board.clock.now())))[0];
};
export const approve = { name: 'task_approve', input: { summary: 'Reads well, tests pass.' } } as const;
export const ask: ToolInput = {
  name: 'task_request_changes',
  input: { summary: 'Nearly.', comments: [{ path: 'a.ts', line: 3, body: 'Name it.' }] },
};
export const handOver = { name: 'task_request_review', input: { summary: 'Here it is.' } } as const;
export const died = { kind: 'host_died', message: 'its host died' } as const;

/** A task of alpha that is handed in and goes to beta; the runs of both. */
export async function underReview(board: TestBoard, task: Partial<TaskCreate> = {}) {
  const work = await board.addClaimed({ reviewer: 'beta', workspaceKind: 'worktree', ...task });
  await inSession(board, work, 'ses_work');
  await handIn(board, work);
  const [review] = await claim(board);
  if (!review) throw new Error('nobody reviews');
  await inSession(board, review, 'ses_review');
  return { work, review };
}

export async function inSession(board: TestBoard, { id }: OnRun, agentSessionId: string) {
  const run = await board.run(id as RunRecord['id']);
  await change(board.db, (ports) => ports.runs.save({ ...run, agentSessionId }));
}

export async function handIn(board: TestBoard, run: OnRun, tool: ToolInput = handOver) {
  okValue(await call(board, run, tool));
  await settle(board, run);
  board.clock.advance(1000);
}

export const startOrder = async (board: TestBoard, run: OnRun) => {
  const pending = await board.db.read((ports) => ports.commands.pendingFor('m_test' as never));
  const command = pending.find((it) => it.runId === run.id && it.command.kind === 'start')?.command;
  if (command?.kind !== 'start') throw new Error('no order');
  return command.order;
};
