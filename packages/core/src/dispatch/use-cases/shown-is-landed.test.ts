import type { LandingResult } from '@quarterdeck/contract/landing';
import { ok } from '@quarterdeck/contract/result';
import { codeOf, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { approveTask, type LandingSite, landTask } from '../../review/index.ts';
import { BASE, HAND_OVER, HEAD, handedIn } from '../testing/kept-scene.ts';

type LandOrder = Parameters<LandingSite['land']>[1];

const OTHER = 'c'.repeat(40);
const LANDED: LandingResult = {
  status: 'landed',
  strategy: 'merge',
  into: 'main',
  commit: 'd'.repeat(40),
  base: BASE,
  head: HEAD,
  isOutdated: false,
  files: [],
  message: 'The work is in main.',
};

function siteOf(answer: Partial<LandingResult> = {}) {
  const orders: LandOrder[] = [];
  const land = async (_: unknown, order: LandOrder) => {
    orders.push(order);
    return ok({ ...LANDED, ...answer });
  };
  return { land, orders };
}

describe.each(TEST_DATABASES)('S2 what is shown is what lands on %s', (database) => {
  it.each([
    ['who looked names both commits', { base: BASE, head: HEAD }, { base: BASE, head: HEAD }],
    ['who did not look gets what is in the database', {}, { base: null, head: HEAD }],
    ['an old client names the run only', { runId: 'own' }, { base: null, head: HEAD }],
  ] as const)('%s', async (_, seen, order) => {
    await using board = await openTestBoard(database);
    const { taskId, id } = await handedIn(board, { commit: HEAD, base: BASE }, { tool: HAND_OVER });
    const site = siteOf();
    const said = 'runId' in seen ? { ...seen, runId: id } : seen;
    const done = await approveTask(
      { ...board, site },
      { taskId, approval: { land: 'merge', ...said }, actor: 'ada' },
    );
    const verdict = { decision: 'approved', head: HEAD };
    expect(okValue(done)).toMatchObject({ status: 'done', landing: { base: BASE, head: HEAD }, verdict });
    expect(site.orders).toMatchObject([order]);
  });
});

describe('S2 what is not as it was shown', () => {
  it.each(['merge', null] as const)('is not approved, with %s', async (land) => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await handedIn(board, { commit: HEAD }, { tool: HAND_OVER });
    const site = siteOf();
    const before = await board.task(taskId);
    const approval = { land, base: BASE, head: OTHER };
    const refused = await approveTask({ ...board, site }, { taskId, approval, actor: 'ada' });
    expect(codeOf(refused)).toBe('review_outdated');
    expect(site.orders).toEqual([]);
    expect(await board.task(taskId)).toEqual(before);
  });

  it('is refused with the runner’s words when only the runner can know, and leaves no trace', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await handedIn(board, { commit: HEAD });
    const before = await board.task(taskId);
    const site = siteOf({ status: 'refused', isOutdated: true, message: 'The branch has moved.' });
    const landing = { strategy: 'merge', base: BASE, head: HEAD } as const;
    const refused = await landTask({ ...board, site }, { taskId, landing, actor: 'ada' });
    expect(codeOf(refused)).toBe('review_outdated');
    expect(refused.ok || refused.refusal.message).toContain(
      'the branch has moved. Look at the changes again',
    );
    expect(await board.task(taskId)).toEqual(before);
  });

  it('does not land on the strength of an approval of other commits, unless somebody looked again', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await handedIn(board, { commit: HEAD });
    const task = await board.task(taskId);
    const verdict = {
      decision: 'approved',
      by: 'bob',
      summary: '',
      head: OTHER,
      runId: null,
      at: 1,
    } as const;
    await change(board.db, (ports) => ports.tasks.save({ ...task, verdict }));
    const site = siteOf();
    const land = (seen: object) =>
      landTask({ ...board, site }, { taskId, landing: { strategy: 'merge', ...seen }, actor: 'ada' });
    expect(codeOf(await land({}))).toBe('review_outdated');
    expect(site.orders).toEqual([]);
    okValue(await land({ base: BASE, head: HEAD }));
  });

  it('F01: work that is in no commit cannot land, also when a person took the task as done', async () => {
    await using board = await openTestBoard('sqlite');
    const { taskId } = await handedIn(board, { keepFailure: 'git refuses' });
    const task = await board.task(taskId);
    await change(board.db, (ports) => ports.tasks.save({ ...task, status: 'done' }));
    const site = siteOf();
    const refused = await landTask(
      { ...board, site },
      { taskId, landing: { strategy: 'merge' }, actor: 'ada' },
    );
    expect(codeOf(refused)).toBe('landing_refused');
    expect(refused.ok || refused.refusal.message).toContain(`quarterdeck task keep ${taskId}`);
    expect(site.orders).toEqual([]);
  });
});
