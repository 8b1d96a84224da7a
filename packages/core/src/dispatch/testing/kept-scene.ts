import { ok, type Result } from '@quarterdeck/contract/result';
import { type KeptWork, NOTHING_KEPT, type RunReport } from '@quarterdeck/contract/runner-protocol';
import type { TaskCreate } from '@quarterdeck/contract/task';
import { CLEAN_REPORT, okValue, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import type { KeepOrder } from '../ports.ts';
import { callAgentTool, type ToolInput } from '../use-cases/call-agent-tool.ts';
import { keepAgain } from '../use-cases/keep-again.ts';
import { settleRun } from '../use-cases/settle-run.ts';

export const COMPLETE: ToolInput = { name: 'task_complete', input: { summary: 'all done' } };
export const HAND_OVER: ToolInput = { name: 'task_request_review', input: { summary: 'look' } };
export const HEAD = 'a'.repeat(40);
export const BASE = 'b'.repeat(40);
export const WHOLE: KeptWork = { ...NOTHING_KEPT, commit: HEAD, base: BASE };
export const REFUSED = {
  keepFailure: 'git refuses to take door.txt: LF would be replaced by CRLF.',
  keepRemedy: 'git config --global core.safecrlf warn',
};
export const NESTED = { leftOut: [{ path: 'site', why: 'it has a git repository of its own' }] };

export const keptReport = (kept: Partial<RunReport>): RunReport => ({ ...CLEAN_REPORT, ...kept });

/** A run in a worktree whose agent has reported, so that only its runner's word is missing. */
export async function reported(board: TestBoard, tool: ToolInput = COMPLETE, task: Partial<TaskCreate> = {}) {
  await change(board.db, async (ports) => {
    for (const project of await ports.projects.list())
      await ports.projects.save({ ...project, kind: 'git', baseBranch: 'main' });
  });
  const run = await board.addClaimed({ workspaceKind: 'worktree', ...task });
  const branch = `qd/${run.taskId}`;
  await change(board.db, (ports) => ports.runs.save({ ...run, branch, workspacePath: '/srv/space' }));
  okValue(await callAgentTool(board, { runId: run.id, call: tool }));
  return run;
}

/** The same, when its runner has said what became of the work. */
export async function handedIn(
  board: TestBoard,
  kept: Partial<RunReport>,
  how: { readonly tool?: ToolInput; readonly task?: Partial<TaskCreate> } = {},
) {
  const run = await reported(board, how.tool, how.task);
  okValue(await settleRun(board, { runId: run.id, report: keptReport(kept) }));
  return run;
}

/** A machine that answers this when it is asked to keep work, and what it was asked. */
export function keeperOf(answer: Result<KeptWork> = ok(WHOLE), meanwhile?: () => Promise<unknown>) {
  const orders: KeepOrder[] = [];
  const keep = async (_: unknown, order: KeepOrder) => {
    orders.push(order);
    await meanwhile?.();
    return answer;
  };
  return { keep, orders };
}

export const keep = (board: TestBoard, taskId: string, site = keeperOf()) =>
  keepAgain({ ...board, site }, { taskId, actor: 'ada' });
