import type { Event } from '@quarterdeck/contract/event';
import { ok } from '@quarterdeck/contract/result';
import type { RouteReply } from '@quarterdeck/contract/routes';
import { TASK_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';
import type { Handlers } from '../handlers.ts';
import { toSeedEvents } from './seed-event.ts';

const EVENTS_OF_A_TASK = 1000;
/** Who the seed's clients are to each other: it never knew people by name. */
const SEED_AUTHOR = 'dashboard';

/** Our handlers with the seed's defaults and with what its replies have beyond ours. Every write stays the same write. */
export function seedHandlers(handlers: Handlers): Handlers {
  return {
    ...handlers,
    'board.show': async (input, context) => {
      const shown = await handlers['board.show'](input, context);
      return shown.ok ? ok(inSeedColumns(shown.value, input.query.includeArchived)) : shown;
    },
    'task.create': (input, context) =>
      handlers['task.create'](
        { ...input, body: { ...input.body, workspaceKind: input.body.workspaceKind ?? 'scratch' } },
        { ...context, createdBy: SEED_AUTHOR },
      ),
    'task.bulk': async (input, context) => {
      const done = await handlers['task.bulk'](input, context);
      return done.ok ? ok({ results: done.value.results.map(inSeedWords) }) : done;
    },
    'task.comment': async (input, context) => {
      const body = { ...input.body, author: input.body.author || SEED_AUTHOR };
      const said = await handlers['task.comment']({ ...input, body }, context);
      if (!said.ok) return said;
      const { woken: _, ...reply } = said.value;
      return ok(reply as typeof said.value);
    },
    'task.show': async (input, context) => {
      const shown = await handlers['task.show'](input, context);
      if (!shown.ok) return shown;
      const { params } = input;
      const told = await handlers['task.events'](
        { params, query: { limit: EVENTS_OF_A_TASK }, body: undefined },
        context,
      );
      if (!told.ok) return told;
      // Ours are newest first, the seed's oldest first.
      const events = toSeedEvents(told.value.events.toReversed() as unknown as readonly Event[]);
      return ok(Object.assign({}, shown.value, { events }));
    },
  };
}

type Board = RouteReply<'board.show'>;
type BulkResult = RouteReply<'task.bulk'>['results'][number];

/** The seed says only `not found` of an id that no task has. */
function inSeedWords(result: BulkResult): BulkResult {
  return result.error === `task ${result.id} not found` ? { ...result, error: 'not found' } : result;
}

/** Every column from left to right, also an empty one; a task whose status no column shows is under `todo`, never lost. */
export function inSeedColumns(board: Board, includeArchived: boolean): Board {
  const shown = TASK_STATUSES.filter((name) => name !== 'archived' || includeArchived);
  const isShown = new Set<string>(TASK_STATUSES);
  const tasksOf = (wanted: TaskStatus) =>
    board.columns
      .filter(({ name }) => name === wanted || (wanted === 'todo' && !isShown.has(name)))
      .flatMap(({ tasks }) => tasks);
  return { ...board, columns: shown.map((name) => ({ name, tasks: tasksOf(name) })) };
}
