import { actorName } from '@quarterdeck/contract/identity';
import { LandingResult } from '@quarterdeck/contract/landing';
import { ok, type Result } from '@quarterdeck/contract/result';
import { KeptWork } from '@quarterdeck/contract/runner-protocol';
import type { Task, TaskCard } from '@quarterdeck/contract/task';
import { showCard } from '@quarterdeck/core/board';
import { explainTask, type KeepingSite, keepAgain } from '@quarterdeck/core/dispatch';
import {
  approveTask,
  type LandingSite,
  landTask,
  requestChanges,
  requestReview,
} from '@quarterdeck/core/review';
import type { Ports } from '@quarterdeck/store';
import type { Handlers } from '../http/handlers.ts';
import type { RunnerGateway } from '../runner-gateway/runner-gateway.ts';
import type { UseCaseDeps } from '../use-case-deps.ts';

type ReviewRoutes = Pick<
  Handlers,
  'task.requestReview' | 'task.approve' | 'task.requestChanges' | 'task.land' | 'task.keep'
>;

/** Routes of review and landing. */
export function reviewRoutes(deps: UseCaseDeps & { readonly gateway: RunnerGateway }): ReviewRoutes {
  const site: LandingSite = {
    async land(runnerId, order) {
      const answer = await deps.gateway.query(runnerId, order);
      return answer.ok ? ok(LandingResult.parse(answer.value)) : answer;
    },
  };
  const keeper: KeepingSite = {
    async keep(runnerId, order) {
      const answer = await deps.gateway.query(runnerId, order);
      return answer.ok ? ok(KeptWork.parse(answer.value)) : answer;
    },
  };
  const reading = {
    ...deps,
    explainTask: (ports: Pick<Ports, 'runs'>, task: Task) =>
      explainTask(ports as Ports, task, deps.clock.now()),
  };
  const reply = async (done: Result<Task>): Promise<Result<{ task: TaskCard }>> =>
    done.ok ? showCard(reading, done.value.id) : done;
  return {
    'task.requestReview': async ({ params, body }, { principal }) =>
      reply(await requestReview(deps, { ...params, request: body, actor: actorName(principal) })),
    'task.approve': async ({ params, body }, { principal }) =>
      reply(await approveTask({ ...deps, site }, { ...params, approval: body, actor: actorName(principal) })),
    'task.requestChanges': async ({ params, body }, { principal }) =>
      reply(await requestChanges(deps, { ...params, remarks: body, actor: actorName(principal) })),
    'task.land': async ({ params, body }, { principal }) =>
      reply(await landTask({ ...deps, site }, { ...params, landing: body, actor: actorName(principal) })),
    'task.keep': async ({ params }, { principal }) =>
      reply(await keepAgain({ ...deps, site: keeper }, { ...params, actor: actorName(principal) })),
  };
}
