import type { EventDraft } from '@quarterdeck/contract/event';
import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { TaskStatus } from '@quarterdeck/contract/status';
import type { Task, TaskPatch } from '@quarterdeck/contract/task';
import { checkSeen } from '../../events/index.ts';
import { editTask } from '../domain/edit-task.ts';
import { verbForMove } from '../domain/verb-for-move.ts';
import { writerOf } from '../domain/writer-of.ts';
import type { BoardDeps, BoardPorts } from '../ports.ts';
import { moveTask } from './move-task.ts';

interface UpdateTask {
  readonly taskId: TaskId;
  readonly patch: TaskPatch;
  readonly actor: string;
}
type Ports = BoardPorts & Pick<BoardDeps, 'ids'>;

/**
 * Changes a task in one transaction, all or nothing: assignee first (refused while it runs), then the fields, then the status through
 * the transition table. A status it already has is no move. Refused when it would replace values other than those `seen`.
 */
export async function updateTask(deps: BoardDeps, input: UpdateTask): Promise<Result<Task>> {
  return deps.db.write((ports) =>
    updateTaskIn({ ...ports, ids: deps.ids }, { ...input, now: deps.clock.now() }),
  );
}

/** The same inside a transaction the caller owns. */
export async function updateTaskIn(
  ports: Ports,
  input: UpdateTask & { readonly now: number },
): Promise<Result<Task>> {
  const { taskId, patch, actor, now } = input;
  const task = await ports.tasks.find(taskId);
  if (task === null) return refuse('task_not_found', { taskId });
  const edited = editTask(task, patch, now);
  if (!edited.ok) return edited;
  const { task: after, fields } = edited.value;
  const isCurrent = await checkCurrent(ports, { task, fields, patch });
  if (!isCurrent.ok) return isCurrent;
  if (fields.length > 0) {
    await ports.tasks.save(after);
    await ports.events.append(editEvents(task, after, { fields, actor }), now);
  }
  const wanted = patch.status ?? impliedStatus(after, { fields, now });
  if (wanted === null) return ok(after);
  const status = TaskStatus.safeParse(wanted);
  if (!status.success) return refuse('unknown_status', { status: wanted });
  if (status.data === after.status) return ok(after);
  return changeStatus(ports, { task: after, to: status.data, patch, actor, now });
}

/** How far back it is looked who changed what. */
const EVENTS_LOOKED_AT = 100;

/** Labels that are added or taken away replace none that somebody else gave it. */
async function checkCurrent(
  ports: Pick<Ports, 'events'>,
  change: { readonly task: Task; readonly fields: readonly string[]; readonly patch: TaskPatch },
): Promise<Result<null>> {
  const { task, patch } = change;
  const isMoved = typeof patch.status === 'string' && patch.status !== task.status;
  const replaced = change.fields.filter((field) => field !== 'labels' || patch.labels);
  return checkSeen({
    current: task,
    fields: isMoved ? [...replaced, 'status'] : replaced,
    seen: patch.seen,
    findWriter: async (fields) => writerOf(await ports.events.ofTask(task.id, EVENTS_LOOKED_AT), fields),
  });
}

/** A ready task that is given a start time still to come waits for it. */
function impliedStatus(task: Task, edit: { fields: readonly string[]; now: number }): TaskStatus | null {
  const isPutOff =
    edit.fields.includes('scheduledAt') && task.scheduledAt !== null && task.scheduledAt > edit.now;
  return isPutOff && task.status === 'ready' ? 'scheduled' : null;
}

function editEvents(
  before: Task,
  after: Task,
  edit: { fields: readonly string[]; actor: string },
): EventDraft[] {
  const subject = { actor: edit.actor, taskId: after.id, projectId: after.projectId, runId: null };
  const rest = edit.fields.filter((field) => field !== 'assignee');
  const drafts: EventDraft[] = [];
  if (rest.length < edit.fields.length) {
    drafts.push({ ...subject, kind: 'task.assigned', payload: { task: after, from: before.assignee } });
  }
  if (rest.length > 0)
    drafts.push({ ...subject, kind: 'task.edited', payload: { task: after, fields: [...rest] } });
  return drafts;
}

interface StatusChange {
  readonly task: Task;
  readonly to: TaskStatus;
  readonly patch: TaskPatch;
  readonly actor: string;
  readonly now: number;
}

async function changeStatus(ports: Ports, change: StatusChange): Promise<Result<Task>> {
  const { task, to, patch, actor, now } = change;
  if (to === 'running') {
    return refuse('transition_refused', {
      taskId: task.id,
      from: task.status,
      to,
      reason: 'only the dispatcher starts runs; move it to ready and it starts as soon as an agent is free',
    });
  }
  if (to === 'scheduled' && (task.scheduledAt === null || task.scheduledAt <= now))
    return refuse('schedule_time_required');
  const isFreshStart = to === 'ready' || to === 'todo';
  return moveTask(ports, {
    task,
    verb: verbForMove(task.status, to),
    actor,
    now,
    byPerson: true,
    because: patch.blockReason ?? undefined,
    changes: {
      ...(to === 'blocked' ? { blockReason: patch.blockReason ?? null, blockKind: 'other' } : {}),
      ...(to === 'todo' ? { isHeld: true } : {}),
      ...(isFreshStart ? { failureCount: 0, retryAt: null, lastFailure: null } : {}),
    },
  });
}
