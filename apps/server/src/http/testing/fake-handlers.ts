import { refuse } from '@quarterdeck/contract/errors';
import { EventFrame } from '@quarterdeck/contract/event';
import { PersonId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import type { RouteReply } from '@quarterdeck/contract/routes';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import type { Handlers } from '../handlers.ts';
import type { MemoryLog } from './memory-log.ts';
import { sampleCard, taskIdOf } from './samples.ts';

export interface FakeBoard {
  readonly handlers: Handlers;
  readonly tasks: Map<string, TaskCard>;
}

/**
 * A board in memory behind the contract's handlers: tasks can be created, shown, changed and commented on. Whatever else a
 * route names does not exist, and is refused with the registry's code for that.
 */
export function createFakeBoard(log: MemoryLog): FakeBoard {
  const tasks = new Map<string, TaskCard>();
  const taskHandlers = createTaskHandlers(tasks, log);
  const now = 1_700_000_100_900;
  const handlers: Handlers = {
    ...taskHandlers,
    'board.show': async ({ query }) => ok(boardOf(tasks, { query, now, seq: log.latest() })),
    'board.stats': async () =>
      ok({
        byStatus: { ready: tasks.size },
        byAssignee: { myAgent: { ready: 1 } },
        oldestReadyAgeSeconds: 3,
        now,
      }),
    'board.config': async () =>
      ok({ defaultTenant: '', laneByProfile: true, includeArchivedByDefault: false, renderMarkdown: true }),
    'dispatch.pass': async ({ query }) =>
      ok({
        dryRun: query.dryRun,
        claimed: [],
        spawned: [],
        reclaimed: [],
        promoted: [],
        skipped: [{ taskId: 't_00000001', code: 'no_runner', message: `asked for ${query.max}` }],
      }),
    'project.list': async () => ok({ projects: [] }),
    'project.add': async ({ body }) => refuse('project_path_missing', { path: body.path }),
    'project.update': async ({ params }) => refuse('project_not_found', { ...params }),
    'agent.list': async () => ok({ runners: [], agents: [] }),
    'run.list': async () => ok({ runs: [] }),
    'run.stop': async ({ params }) => refuse('run_not_found', { ...params }),
    'run.interrupt': async ({ params }) => refuse('run_not_found', { ...params }),
    'session.show': async ({ params }) => refuse('session_not_found', { ...params }),
    'session.transcript': async ({ params }) => refuse('session_not_found', { ...params }),
    'session.prompt': async ({ params }) => refuse('session_not_found', { ...params }),
    'approval.list': async () => ok({ proposals: [] }),
    'approval.rule': async ({ params }) => refuse('proposal_not_found', { ...params }),
    'event.list': async ({ query }) => {
      const events = (await log.readEvents(query.since, query.limit)).map((event) => EventFrame.parse(event));
      return ok({ events, cursor: events.at(-1)?.seq ?? query.since });
    },
    'identity.me': async (_input, { principal }) =>
      principal.kind === 'person' ? ok({ ...principal }) : refuse('sign_in_required'),
    'identity.signIn': async ({ body }, context) => {
      if (body.ticket !== 'good-ticket') return refuse('ticket_spent');
      context.setSession('owner-secret', now + 86_400_000);
      return ok({ personId: PERSON.personId, name: PERSON.name, role: PERSON.role });
    },
    'identity.signOut': async (_input, context) => {
      context.setSession(null, null);
      return ok({ ok: true });
    },
    'identity.ticket': async () => ok({ ticket: 'fresh-ticket', expiresAt: now + 60_000 }),
  };
  return { handlers, tasks };
}

function createTaskHandlers(tasks: Map<string, TaskCard>, log: MemoryLog) {
  const find = (taskId: string) => tasks.get(taskId) ?? null;
  return {
    'task.create': async ({ body }, { principal }) => {
      const known = [...tasks.values()].find(
        ({ idempotencyKey }) => idempotencyKey !== null && idempotencyKey === body.idempotencyKey,
      );
      if (known) return ok({ task: known });
      if (body.title.trim() === '') return refuse('title_empty');
      const task = sampleCard({
        id: taskIdOf(`t_${String(tasks.size + 1).padStart(8, '0')}`),
        title: body.title,
        createdBy: principal.kind === 'person' ? principal.name : principal.kind,
        workspaceKind: body.workspaceKind ?? 'worktree',
        idempotencyKey: body.idempotencyKey ?? null,
        claimExpiresAt: 1_700_000_900_999,
      });
      tasks.set(task.id, task);
      log.commit((seq) => ({
        seq,
        at: 1_700_000_000_000 + seq,
        kind: 'task.created',
        actor: task.createdBy,
        taskId: task.id,
        projectId: task.projectId,
        runId: null,
        payload: { task },
      }));
      return ok({ task });
    },
    'task.bulk': async ({ body }) =>
      body.ids.length === 0
        ? refuse('ids_required')
        : ok({
            results: body.ids.map((id) =>
              find(id) ? { id, ok: true } : { id, ok: false, error: 'not found' },
            ),
          }),
    'task.show': async ({ params }) => {
      const task = find(params.taskId);
      if (!task) return refuse('task_not_found', { ...params });
      return ok({
        task,
        comments: [],
        links: { parents: [], children: [] },
        runs: [],
        waiting: [],
        seq: log.latest(),
      });
    },
    'task.update': async ({ params, body }) => {
      const task = find(params.taskId);
      if (!task) return refuse('task_not_found', { ...params });
      const changed = { ...task, priority: body.priority ?? task.priority };
      tasks.set(task.id, changed);
      return ok({ task: changed });
    },
    'task.events': async ({ params, query }) => {
      const events = await log.readEvents(0, 1_000_000);
      const own = events.filter(({ taskId }) => taskId === params.taskId).toReversed();
      return ok({ events: own.slice(0, query.limit).map((event) => EventFrame.parse(event)) });
    },
    'task.comment': async ({ params, body }) => {
      const task = find(params.taskId);
      if (!task) return refuse('task_not_found', { ...params });
      if (body.body.trim() === '') return refuse('body_required');
      const comment = {
        id: 1,
        taskId: task.id,
        author: body.author ?? 'ada',
        body: body.body,
        createdAt: 1_700_000_000_000,
      };
      return ok({ ok: true, comment });
    },
    'task.log': async ({ params, query }) =>
      find(params.taskId)
        ? ok({
            taskId: params.taskId,
            path: '/l',
            exists: true,
            sizeBytes: 9,
            content: 'x'.repeat(query.tail ?? 9),
            truncated: false,
          })
        : refuse('task_not_found', { ...params }),
    'task.diff': async ({ params }) => refuse('workspace_gone', { ...params }),
    'link.create': async ({ body }) =>
      body.parentId === body.childId
        ? refuse('link_self', { taskId: body.parentId })
        : refuse('link_unknown_task', { taskId: body.parentId }),
    'link.delete': async () => ok({ ok: false }),
  } satisfies Partial<Handlers>;
}

export const PERSON = { personId: PersonId.parse('u_owner'), name: 'ada', role: 'owner' } as const;

interface BoardAsk {
  readonly query: { readonly includeArchived: boolean };
  readonly now: number;
  readonly seq: number;
}

function boardOf(tasks: Map<string, TaskCard>, { query, now, seq }: BoardAsk): RouteReply<'board.show'> {
  const shown = TASK_STATUSES.filter((name) => name !== 'archived' || query.includeArchived);
  const columns = shown.map((name) => ({
    name,
    tasks: [...tasks.values()].filter(({ status }) => status === name),
  }));
  return { columns, links: [], tenants: [], assignees: ['myAgent'], latestEventId: seq, now };
}
