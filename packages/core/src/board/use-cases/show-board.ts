import type { Board, BoardQuery } from '@quarterdeck/contract/board';
import type { TaskId } from '@quarterdeck/contract/ids';
import { ok, type Result } from '@quarterdeck/contract/result';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import type { Task, TaskCard } from '@quarterdeck/contract/task';
import type { WaitingReason } from '@quarterdeck/contract/waiting';
import type { Clock, Database } from '../../events/index.ts';
import { publicRun } from '../../runs/index.ts';
import { tellsOfLastRun } from '../domain/last-run.ts';
import { allLabels, hasLabel } from '../domain/task-labels.ts';
import { relate, toCard } from '../domain/to-card.ts';
import type { BoardPorts } from '../ports.ts';

/** What the board reads beside its own rows. */
export interface BoardReadPorts extends BoardPorts {
  /** Approvals that wait for a person, by task. */
  readonly proposals: { countPending(): Promise<Map<TaskId, number>> };
}

/** Gives the first reason why a task is not running; made anew for each request from the facts of that moment. */
export type Explainer = (task: Task) => WaitingReason | null;

export interface BoardReadDeps {
  readonly db: Database<BoardReadPorts>;
  readonly clock: Clock;
  readonly explainer: (ports: BoardReadPorts, tasks: readonly Task[]) => Promise<Explainer>;
}

/** The whole board. Its cursor is captured before anything is read, so that a stream from there misses nothing. */
export async function showBoard(deps: BoardReadDeps, query: BoardQuery): Promise<Result<Board>> {
  return ok(await deps.db.read((ports) => readBoard(deps, { ports, query })));
}

async function readBoard(
  deps: BoardReadDeps,
  input: { ports: BoardReadPorts; query: BoardQuery },
): Promise<Board> {
  const { ports, query } = input;
  const latestEventId = await ports.events.latestSeq();
  const { includeArchived } = query;
  const tasks = await ports.tasks.list({ includeArchived: true });
  const links = await ports.links.all();
  const comments = await ports.comments.counts();
  const attachments = await ports.attachments.counts();
  const pending = await ports.proposals.countPending();
  const runs = new Map((await ports.runs.live()).map((run) => [run.id, publicRun(run)]));
  const lastRuns = await readLastRuns(ports, tasks);
  const explain = await deps.explainer(ports, tasks);
  const { parents, children } = relate(tasks, links);
  const now = deps.clock.now();

  const columns = new Map<string, TaskCard[]>(TASK_STATUSES.map((name) => [name, []]));
  if (!includeArchived) columns.delete('archived');
  const shown = new Set<TaskId>();
  for (const task of tasks) {
    if (!isAskedFor(task, query)) continue;
    const card = toCard(task, {
      parents: parents.get(task.id) ?? [],
      children: children.get(task.id) ?? [],
      commentCount: comments.get(task.id) ?? 0,
      attachmentCount: attachments.get(task.id) ?? 0,
      run: (task.currentRunId && runs.get(task.currentRunId)) || null,
      lastRun: lastRuns.get(task.id) ?? null,
      pendingApprovals: pending.get(task.id) ?? 0,
      waiting: explain(task),
      now,
    });
    columns.get(task.status)?.push(card);
    shown.add(task.id);
  }
  return {
    columns: [...columns].map(([name, cards]) => ({ name: name as Task['status'], tasks: cards })),
    links: links.filter((link) => shown.has(link.parentId) || shown.has(link.childId)),
    tenants: await ports.tasks.tenants(),
    assignees: await ports.tasks.assignees(),
    labels: allLabels(tasks.filter((task) => includeArchived || task.status !== 'archived')),
    latestEventId,
    now,
  };
}

/** Whether a task is among those a query names; an empty filter names all. */
function isAskedFor(task: Task, { tenant, project, label }: BoardQuery): boolean {
  const isOf = (wanted: string | undefined, found: string | null) => !wanted || found === wanted;
  return isOf(tenant, task.tenant) && isOf(project, task.projectId) && (!label || hasLabel(task, label));
}

/** What the last run left, for those whose card tells of it, from one query. */
async function readLastRuns(ports: BoardReadPorts, tasks: readonly Task[]) {
  const ended = await ports.runs.lastEnded(tasks.filter(tellsOfLastRun).map((task) => task.id));
  return new Map(ended.map((run) => [run.taskId, run]));
}
