import type { BoardConfig } from '@quarterdeck/contract/board';
import { actorName } from '@quarterdeck/contract/identity';
import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import {
  boardStats,
  bulkUpdateTasks,
  createTask,
  linkTasks,
  showBoard,
  showCard,
  showTask,
  unlinkTasks,
  updateTask,
} from '@quarterdeck/core/board';
import { type DiagnosticDeps, diagnoseIn } from '@quarterdeck/core/diagnostics';
import { explainTask, prepareExplainer } from '@quarterdeck/core/dispatch';
import { commentAndWake } from '@quarterdeck/core/mentions';
import type { Ports } from '@quarterdeck/store';
import type { Handlers } from '../http/handlers.ts';
import type { UseCaseDeps } from '../use-case-deps.ts';
import { createBoardCache } from './board-cache.ts';

type BoardRoutes = Pick<
  Handlers,
  | 'board.show'
  | 'board.stats'
  | 'board.config'
  | 'task.create'
  | 'task.bulk'
  | 'task.show'
  | 'task.update'
  | 'task.events'
  | 'task.comment'
  | 'link.create'
  | 'link.delete'
>;

interface BoardRouteDeps extends UseCaseDeps {
  readonly revision: () => number;
  readonly boardConfig: BoardConfig;
  readonly diagnosis: DiagnosticDeps<Ports>;
}

/** Routes of the board. */
export function boardRoutes(deps: BoardRouteDeps): BoardRoutes {
  const { clock } = deps;
  const reading = {
    ...deps,
    explainer: (ports: Pick<Ports, 'runs'>, tasks: readonly Task[]) =>
      prepareExplainer(ports as Ports, clock.now(), tasks),
    explainTask: (ports: Pick<Ports, 'runs'>, task: Task) => explainTask(ports as Ports, task, clock.now()),
    diagnoseTask: (ports: Pick<Ports, 'runs'>, task: Task) =>
      diagnoseIn(deps.diagnosis, ports as Ports, [task]),
  };
  const boards = createBoardCache(deps, (query) => showBoard(reading, query));
  return {
    'board.show': ({ query }) => boards.show(query),
    'board.stats': () => boardStats(deps),
    'board.config': async () => ok(deps.boardConfig),
    'task.create': async ({ body }, { principal, createdBy }) => {
      const made = await createTask(deps, { task: body, actor: actorName(principal), createdBy });
      return made.ok ? showCard(reading, made.value.id) : made;
    },
    'task.bulk': ({ body }, { principal }) =>
      bulkUpdateTasks(deps, { bulk: body, actor: actorName(principal) }),
    'task.show': ({ params }) => showTask(reading, params.taskId),
    'task.update': async ({ params, body }, { principal }) => {
      const taskId = params.taskId as TaskId;
      const changed = await updateTask(deps, { taskId, patch: body, actor: actorName(principal) });
      return changed.ok ? showCard(reading, taskId) : changed;
    },
    'task.events': ({ params, query }) => {
      const taskId = params.taskId as TaskId;
      return deps.db.read(async (ports) => {
        if ((await ports.tasks.find(taskId)) === null) return refuse('task_not_found', { taskId });
        return ok({ events: await ports.events.ofTask(taskId, query.limit) });
      });
    },
    'task.comment': async ({ params, body }, { principal }) => {
      const actor = actorName(principal);
      const author = body.author || actor;
      const made = await commentAndWake(deps, { taskId: params.taskId, author, body: body.body, actor });
      return made.ok ? ok({ ok: true as const, ...made.value, woken: [...made.value.woken] }) : made;
    },
    'link.create': async ({ body }, { principal }) => {
      const made = await linkTasks(deps, { ...body, actor: actorName(principal) });
      return made.ok ? ok({ ok: true as const, link: made.value }) : made;
    },
    'link.delete': ({ query }, { principal }) => unlinkTasks(deps, { ...query, actor: actorName(principal) }),
  };
}
