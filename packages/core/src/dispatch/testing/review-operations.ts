import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import { LANDING_STRATEGIES, type LandingResult } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { commentAndWake } from '../../mentions/index.ts';
import { approveTask, landTask, requestChanges, requestReview } from '../../review/index.ts';
import type { World } from './world.ts';

const ACTOR = 'ada';
type Numbers = { readonly b: number; readonly c: number };

/** What a machine may say of a landing, one after the other. */
const ANSWERS = ['landed', 'conflict', 'refused', 'offline', 'landed'] as const;

/** A machine that lands; `meanwhile` happens on the board while git is at work. */
function siteOf(choice: number, meanwhile: () => Promise<unknown>) {
  const status = ANSWERS[choice % ANSWERS.length] ?? 'landed';
  const strategy = LANDING_STRATEGIES[choice % LANDING_STRATEGIES.length] ?? 'merge';
  const commit = status === 'landed' ? 'abc' : null;
  return {
    async land(runnerId: string): Promise<Result<LandingResult>> {
      await meanwhile();
      if (status === 'offline') return refuse('runner_offline', { runnerId });
      const span = { base: null, head: null, isOutdated: false };
      return ok({ status, strategy, into: 'main', commit, ...span, files: [], message: status });
    },
  };
}

/** The newest attempt as a reviewer names it, now and then an older one. */
async function seenRun(world: World, taskId: TaskId, choice: number): Promise<RunId | null> {
  const runs = await world.db.read((ports) => ports.runs.ofTask(taskId));
  return choice % 4 === 0 ? null : ((choice % 4 === 1 ? runs[0] : runs.at(-1))?.id ?? null);
}

/** What a reviewer does with a task. `meanwhile` is anything else that happens during a landing. */
export const REVIEW_OPERATIONS = {
  approve: (world: World, taskId: TaskId) =>
    approveTask({ ...world, site: siteOf(0, async () => undefined) }, { taskId, approval: {}, actor: ACTOR }),
  async approveAndLand(world: World, taskId: TaskId, { b, c }: Numbers) {
    const runId = await seenRun(world, taskId, c);
    const approval = { land: LANDING_STRATEGIES[b % LANDING_STRATEGIES.length] ?? 'merge', runId };
    const meanwhile = async () => {
      if (c % 3 === 0) await sendBack(world, taskId, { b, c: 1 });
    };
    await approveTask({ ...world, site: siteOf(b, meanwhile) }, { taskId, approval, actor: ACTOR });
  },
  async land(world: World, taskId: TaskId, { b, c }: Numbers) {
    const landing = { strategy: 'merge' as const, runId: await seenRun(world, taskId, c) };
    const site = siteOf(b, async () => undefined);
    await landTask({ ...world, site }, { taskId, landing, actor: ACTOR });
  },
  sendBack,
  comment: (world: World, taskId: TaskId, { b }: Numbers) =>
    commentAndWake(world, { taskId, author: ACTOR, body: SAID[b % SAID.length] ?? '' }),
  askForReview: (world: World, taskId: TaskId, { b }: Numbers) => {
    const reviewer = [undefined, 'beta', '', 'alpha'][b % 4];
    return requestReview(world, { taskId, request: { reviewer }, actor: ACTOR });
  },
};

const SAID = ['', 'Have you seen this?', 'Look, @alpha.', '@beta?', 'Mind `@alpha`, @nobody'] as const;

async function sendBack(world: World, taskId: TaskId, { b, c }: Numbers): Promise<void> {
  const comments = b % 2 === 0 ? [] : [{ path: 'a.ts', line: 1, side: 'new' as const, body: 'Why?' }];
  const remarks = { summary: c % 5 === 0 ? '' : 'Once more, please.', comments };
  await requestChanges(world, { taskId, remarks, actor: ACTOR });
}
