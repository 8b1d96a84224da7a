import type { ProjectId, TaskId } from '@quarterdeck/contract/ids';
import { mergeLabels } from '@quarterdeck/contract/label';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { WorkspaceKind } from '@quarterdeck/contract/status';
import type { Task, TaskCreate } from '@quarterdeck/contract/task';
import { checkWorkspace, GENERAL_PROJECT, usualWorkspace } from '../domain/check-workspace.ts';
import { firstStatus } from '../domain/first-status.ts';
import type { BoardDeps, BoardPorts } from '../ports.ts';

interface CreateTask {
  readonly task: TaskCreate;
  readonly actor: string;
  /** Who is written on the task as its creator; the actor unless said. */
  readonly createdBy?: string | undefined;
}

/**
 * Creates a task: triage when asked for, todo while a parent is open, scheduled before its time, else ready. The same
 * idempotency key gives the same task, also when two requests race.
 */
export async function createTask(deps: BoardDeps, input: CreateTask): Promise<Result<Task>> {
  return deps.db.write((ports) =>
    createTaskIn({ ...ports, ids: deps.ids }, { ...input, now: deps.clock.now() }),
  );
}

/** The same inside a transaction the caller owns. */
export async function createTaskIn(
  ports: BoardPorts & Pick<BoardDeps, 'ids'>,
  input: CreateTask & { readonly now: number },
): Promise<Result<Task>> {
  const { now, actor } = input;
  const title = input.task.title.trim();
  if (title === '') return refuse('title_empty');
  const projectId = (input.task.projectId ?? GENERAL_PROJECT) as ProjectId;
  const project = await ports.projects.find(projectId);
  if (project === null) return refuse('project_not_found', { projectId });
  const workspaceKind = input.task.workspaceKind ?? usualWorkspace(project);
  const workspace = checkWorkspace({ workspaceKind, path: input.task.workspacePath ?? null, project });
  if (!workspace.ok) return workspace;
  const parents = await knownParents(ports, input.task.parents ?? []);
  if (!parents.ok) return parents;

  const draft = draftTask({
    task: input.task,
    title,
    workspaceKind,
    id: await freeId(ports),
    project,
    createdBy: input.createdBy ?? actor,
    now,
  });
  const status = firstStatus({
    parents: parents.value,
    isTriage: input.task.triage ?? false,
    isHeld: draft.isHeld,
    scheduledAt: draft.scheduledAt,
    now,
  });
  const { task, isNew } = await ports.tasks.insert({ ...draft, status });
  if (!isNew) return ok(task);
  const subject = { actor, taskId: task.id, projectId: task.projectId, runId: null };
  await ports.events.append([{ ...subject, kind: 'task.created', payload: { task } }], now);
  for (const parent of parents.value) {
    await ports.links.insert({ parentId: parent.id, childId: task.id }, now);
    await ports.events.append(
      [{ ...subject, kind: 'task.linked', payload: { parentId: parent.id, childId: task.id } }],
      now,
    );
  }
  return ok(task);
}

/** Eight letters and digits are short enough to type, and among a hundred thousand tasks two can get the same. */
async function freeId(ports: BoardPorts & Pick<BoardDeps, 'ids'>): Promise<TaskId> {
  for (;;) {
    const id = ports.ids.next('t') as TaskId;
    if ((await ports.tasks.find(id)) === null) return id;
  }
}

async function knownParents(ports: BoardPorts, ids: readonly string[]): Promise<Result<Task[]>> {
  const wanted = [...new Set(ids)];
  const found = await ports.tasks.findMany(wanted);
  const missing = wanted.find((id) => !found.some((task) => task.id === id));
  return missing === undefined ? ok(found) : refuse('parent_unknown', { taskId: missing });
}

function draftTask(input: {
  readonly task: TaskCreate;
  readonly title: string;
  readonly workspaceKind: WorkspaceKind;
  readonly id: TaskId;
  readonly project: { readonly id: ProjectId; readonly defaultProfile: string | null };
  readonly createdBy: string;
  readonly now: number;
}): Task {
  const { task, project, now } = input;
  const assignee = task.assignee === '' ? null : (task.assignee ?? project.defaultProfile);
  return {
    id: input.id,
    projectId: project.id,
    title: input.title,
    body: task.body ?? null,
    assignee: assignee ?? null,
    status: 'ready',
    priority: task.priority ?? 0,
    tenant: task.tenant ?? null,
    workspaceKind: input.workspaceKind,
    workspacePath: task.workspacePath ?? null,
    branch: null,
    createdBy: input.createdBy,
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    completedAt: null,
    scheduledAt: task.scheduledAt ?? null,
    result: null,
    blockReason: null,
    blockKind: null,
    idempotencyKey: task.idempotencyKey ?? null,
    currentRunId: null,
    claimLock: null,
    claimExpiresAt: null,
    failureCount: 0,
    lastFailure: null,
    retryAt: null,
    isHeld: task.isHeld === true && task.triage !== true && (task.parents ?? []).length === 0,
    landing: null,
    labels: mergeLabels(task.labels ?? [], {}),
    reviewer: task.reviewer || null,
    verdict: null,
    budgetMicros: task.budgetMicros || null,
    ...modelOf(task),
  };
}

function modelOf({ model, effort }: TaskCreate): Pick<Task, 'model' | 'effort'> {
  return { model: model?.trim() || null, effort: effort?.trim() || null };
}
