import type { TaskId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { type KeptWork, NOTHING_KEPT } from '@quarterdeck/contract/runner-protocol';
import { updateTask } from '../../board/index.ts';
import { keepAgain } from '../use-cases/keep-again.ts';
import type { World } from './world.ts';

const LEFT_OUT = [{ path: 'site', why: 'it is a repository of its own' }];

/** What a runner may say of the work in a workspace: mostly all of it, now and then not. */
export function keptAs(choice: number): KeptWork {
  const kept = { ...NOTHING_KEPT, commit: `commit-${choice % 7}`, base: 'base' };
  if (choice % 5 === 3) return { ...kept, leftOut: LEFT_OUT, notes: ['a hook was added'] };
  if (choice % 5 === 4) return { ...NOTHING_KEPT, keepFailure: 'git refuses', pastReview: 'main was moved' };
  return kept;
}

/** Keeps the work of a task again, by an actor of its own; now and then the machine is away, or a person is faster. */
export async function keepSomehow(
  world: World,
  taskId: TaskId,
  { b, c }: { readonly b: number; readonly c: number },
): Promise<void> {
  const site = {
    async keep(runnerId: string): Promise<Result<KeptWork>> {
      if (c % 6 === 0) await updateTask(world, { taskId, patch: { status: 'ready' }, actor: 'ada' });
      return b % 7 === 0 ? refuse('runner_offline', { runnerId }) : ok(keptAs(b));
    },
  };
  await keepAgain({ ...world, site }, { taskId, actor: KEEPER });
}

/** Whoever keeps work again, so that its moves can be told from others. */
const KEEPER = 'keeper';
