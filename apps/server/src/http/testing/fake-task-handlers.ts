import { EventFrame } from '@quarterdeck/contract/event';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { Handler, Handlers } from '../handlers.ts';
import type { MemoryLog } from './memory-log.ts';
import { sampleCard, taskIdOf } from './samples.ts';

export type Tasks = Map<string, TaskCard>;

/** Tasks in memory: they can be created, shown, changed and commented on. */
export function createTaskHandlers(tasks: Tasks, log: MemoryLog) {
  return {
    'task.create': createTask(tasks, log),
    'task.bulk': bulk(tasks),
    'task.show': show(tasks, log),
    'task.update': update(tasks),
    'task.events': eventsOf(log),
    'task.comment': comment(tasks),
    'task.log': logOf(tasks),
    'task.diff': async ({ params }) => refuse('workspace_gone', { ...params }),
    'link.create': async ({ body: { parentId, childId } }) =>
      parentId === childId
        ? refuse('link_self', { taskId: parentId })
        : refuse('link_unknown_task', { taskId: parentId }),
    'link.delete': async () => ok({ ok: false }),
  } satisfies Partial<Handlers>;
}

function createTask(tasks: Tasks, log: MemoryLog): Handler<'task.create'> {
  return async ({ body }, { principal }) => {
    const { title, idempotencyKey = null, workspaceKind = 'worktree' } = body;
    const known = [...tasks.values()].find((task) => task.idempotencyKey === idempotencyKey);
    if (known && idempotencyKey !== null) return ok({ task: known });
    if (title.trim() === '') return refuse('title_empty');
    const task = sampleCard({
      id: taskIdOf(`t_${String(tasks.size + 1).padStart(8, '0')}`),
      title,
      createdBy: principal.kind === 'person' ? principal.name : principal.kind,
      workspaceKind,
      idempotencyKey,
      claimExpiresAt: 1_700_000_900_999,
    });
    tasks.set(task.id, task);
    const { id: taskId, projectId, createdBy: actor } = task;
    const about = { at: 1_700_000_000_000, actor, taskId, projectId, runId: null };
    log.commit((seq) => ({ ...about, seq, kind: 'task.created', payload: { task } }));
    return ok({ task });
  };
}

function bulk(tasks: Tasks): Handler<'task.bulk'> {
  return async ({ body: { ids } }) => {
    if (ids.length === 0) return refuse('ids_required');
    const results = ids.map((id) =>
      tasks.has(id) ? { id, ok: true } : { id, ok: false, error: 'not found' },
    );
    return ok({ results });
  };
}

function show(tasks: Tasks, log: MemoryLog): Handler<'task.show'> {
  return async ({ params }) => {
    const task = tasks.get(params.taskId);
    if (!task) return refuse('task_not_found', { ...params });
    const links = { parents: [], children: [] };
    return ok({
      task,
      comments: [],
      links,
      runs: [],
      waiting: [],
      attachments: [],
      diagnostics: [],
      seq: log.latest(),
    });
  };
}

function update(tasks: Tasks): Handler<'task.update'> {
  return async ({ params, body }) => {
    const task = tasks.get(params.taskId);
    if (!task) return refuse('task_not_found', { ...params });
    const changed = { ...task, priority: body.priority ?? task.priority };
    tasks.set(task.id, changed);
    return ok({ task: changed });
  };
}

function eventsOf(log: MemoryLog): Handler<'task.events'> {
  return async ({ params, query }) => {
    const events = await log.readEvents(0, 1_000_000);
    const own = events.filter(({ taskId }) => taskId === params.taskId).toReversed();
    return ok({ events: own.slice(0, query.limit).map((event) => EventFrame.parse(event)) });
  };
}

function comment(tasks: Tasks): Handler<'task.comment'> {
  return async ({ params, body: { body, author } }) => {
    const task = tasks.get(params.taskId);
    if (!task) return refuse('task_not_found', { ...params });
    if (body.trim() === '') return refuse('body_required');
    const written = { id: 1, taskId: task.id, author: author ?? 'ada', body, createdAt: 1_700_000_000_000 };
    return ok({ ok: true, comment: written, woken: [] });
  };
}

function logOf(tasks: Tasks): Handler<'task.log'> {
  return async ({ params: { taskId }, query: { tail = 9 } }) => {
    if (!tasks.has(taskId)) return refuse('task_not_found', { taskId });
    const content = 'x'.repeat(tail);
    return ok({ taskId, path: '/l', exists: true, sizeBytes: 9, content, truncated: false });
  };
}
