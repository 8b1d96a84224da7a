import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task, TaskCard, TaskDetail } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import { publicRun } from '../../runs/index.ts';
import { lastRunShown } from '../domain/last-run.ts';
import { toCard } from '../domain/to-card.ts';
import type { BoardReadDeps, BoardReadPorts } from './show-board.ts';

interface TaskReadDeps extends Pick<BoardReadDeps, 'db' | 'clock'> {
  /** Every reason why the task is not running, worst first. */
  readonly explainTask: (ports: BoardReadPorts, task: Task) => Promise<WaitingReason[]>;
  /** What is wrong with the task. */
  readonly diagnoseTask: (ports: BoardReadPorts, task: Task) => Promise<Diagnostic[]>;
}

/** A task with its comments, links, attempts and every reason why it is not running. */
export async function showTask(deps: TaskReadDeps, taskId: string): Promise<Result<TaskDetail>> {
  return deps.db.read(async (ports) => {
    const seq = await ports.events.latestSeq();
    const task = await ports.tasks.find(taskId as TaskId);
    if (task === null) return refuse('task_not_found', { taskId });
    const waiting = await deps.explainTask(ports, task);
    const runs = await ports.runs.ofTask(task.id);
    const comments = await ports.comments.ofTask(task.id);
    const attachments = await ports.attachments.ofTasks([task.id]);
    const relatives = await relativesOf(ports, task.id);
    const card = toCard(task, {
      ...relatives,
      commentCount: comments.length,
      attachmentCount: attachments.length,
      run: runs.find((run) => run.id === task.currentRunId) ?? null,
      lastRun: lastRunShown(task, runs),
      pendingApprovals: (await ports.proposals.countPending()).get(task.id) ?? 0,
      waiting: waiting[0] ?? null,
      now: deps.clock.now(),
    });
    const links = {
      parents: relatives.parents.map((it) => it.id),
      children: relatives.children.map((it) => it.id),
    };
    return ok({
      task: card,
      comments,
      links,
      runs: runs.map(publicRun),
      waiting,
      seq,
      attachments,
      diagnostics: await deps.diagnoseTask(ports, task),
    });
  });
}

/** The card alone, as writes answer with it. */
export async function showCard(
  deps: Omit<TaskReadDeps, 'diagnoseTask'>,
  taskId: string,
): Promise<Result<{ task: TaskCard }>> {
  const detail = await showTask({ ...deps, diagnoseTask: async () => [] }, taskId);
  return detail.ok ? ok({ task: detail.value.task }) : detail;
}

async function relativesOf(ports: BoardReadPorts, taskId: TaskId) {
  const parents = await ports.tasks.findMany(await ports.links.parentsOf(taskId));
  const links = await ports.links.childrenOf([taskId]);
  const children = await ports.tasks.findMany(links.map((link) => link.childId));
  const brief = ({ id, status }: Task) => ({ id, status });
  return { parents: parents.map(brief), children: children.map(brief) };
}
