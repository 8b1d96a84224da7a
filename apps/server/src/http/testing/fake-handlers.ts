import { EventFrame } from '@quarterdeck/contract/event';
import { PersonId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import type { RouteReply } from '@quarterdeck/contract/routes';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import type { Handlers } from '../handlers.ts';
import { ROUTE_NAMES } from '../mount-routes.ts';
import { createTaskHandlers, type Tasks } from './fake-task-handlers.ts';
import type { MemoryLog } from './memory-log.ts';

export interface FakeBoard {
  readonly handlers: Handlers;
  readonly tasks: Tasks;
}

export const PERSON = { personId: PersonId.parse('u_owner'), name: 'ada', role: 'owner' } as const;
const NOW = 1_700_000_100_900;

/** A board in memory behind the contract's handlers. Whatever it does not have, such as a project, is not found. */
export function createFakeBoard(log: MemoryLog): FakeBoard {
  const tasks: Tasks = new Map();
  const handlers: Handlers = {
    ...emptyHandlers(),
    ...createBoardHandlers(tasks, log),
    ...createTaskHandlers(tasks, log),
    ...identityHandlers,
  };
  return { handlers, tasks };
}

/** A handler for every route of the contract, also for those it will have one day. */
function emptyHandlers(): Handlers {
  const refused = async () => refuse('project_not_found', { projectId: 'p_none' });
  return Object.fromEntries(ROUTE_NAMES.map((name) => [name, refused])) as unknown as Handlers;
}

function createBoardHandlers(tasks: Tasks, log: MemoryLog) {
  return {
    'board.show': async ({ query }) => ok(boardOf(tasks, { ...query, seq: log.latest() })),
    'board.stats': async () => {
      const byStatus = { ready: tasks.size };
      return ok({ byStatus, byAssignee: { myAgent: { ready: 1 } }, oldestReadyAgeSeconds: 3, now: NOW });
    },
    'board.config': async () => {
      const flags = { laneByProfile: true, includeArchivedByDefault: false, renderMarkdown: true };
      return ok({ defaultTenant: '', ...flags });
    },
    'dispatch.pass': async ({ query: { dryRun, max } }) => {
      const skipped = [{ taskId: 't_00000001', code: 'no_runner', message: `asked for ${max}` }];
      return ok({ dryRun, claimed: [], spawned: [], reclaimed: [], promoted: [], skipped });
    },
    'agent.list': async () => ok({ runners: [], agents: [] }),
    'event.list': async ({ query }) => {
      const events = (await log.readEvents(query.since, query.limit)).map((event) => EventFrame.parse(event));
      return ok({ events, cursor: events.at(-1)?.seq ?? query.since });
    },
  } satisfies Partial<Handlers>;
}

const identityHandlers = {
  'identity.me': async (_input, { principal }) =>
    principal.kind === 'person' ? ok({ ...principal }) : refuse('sign_in_required'),
  'identity.signIn': async ({ body }, context) => {
    if (body.ticket !== 'good-ticket') return refuse('ticket_spent');
    context.setSession('owner-secret', NOW + 86_400_000);
    return ok({ ...PERSON });
  },
  'identity.signOut': async (_input, context) => {
    context.setSession(null, null);
    return ok({ ok: true });
  },
  'identity.keys': async () => ok({ keys: [] }),
  'identity.createKey': async ({ body }) =>
    ok({ key: { id: 'k_1', createdAt: NOW, ...body }, secret: 'shown-once' }),
  'identity.revokeKey': async ({ params }) => ok({ ok: params.keyId === 'k_1' }),
  'identity.ticket': async () => ok({ ticket: 'fresh-ticket', expiresAt: NOW + 60_000 }),
} satisfies Partial<Handlers>;

function boardOf(
  tasks: Tasks,
  { includeArchived, seq }: { readonly includeArchived: boolean; readonly seq: number },
): RouteReply<'board.show'> {
  const shown = TASK_STATUSES.filter((name) => name !== 'archived' || includeArchived);
  const columns = shown.map((name) => ({
    name,
    tasks: [...tasks.values()].filter(({ status }) => status === name),
  }));
  return {
    columns,
    links: [],
    tenants: [],
    assignees: ['myAgent'],
    labels: [],
    latestEventId: seq,
    now: NOW,
  };
}
