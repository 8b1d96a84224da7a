import type { PermissionDetail, Proposal } from '@quarterdeck/contract/proposal';
import { makeDetail } from '@quarterdeck/testkit/factories/make-proposal';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../runs/index.ts';
import { forgetRule } from './forget-rule.ts';
import { listRules } from './list-rules.ts';
import { raisePermission } from './raise-permission.ts';
import { ruleOnProposal } from './rule-on-proposal.ts';

async function raise(
  board: TestBoard,
  run: RunRecord,
  request: { id: string; command?: string; detail?: Partial<PermissionDetail> },
) {
  const detail = makeDetail({ command: request.command ?? 'npm test', ...request.detail });
  const { ids, clock } = board;
  return change(board.db, (ports) =>
    raisePermission({ ...ports, ids }, { run, requestId: request.id, detail, now: clock.now() }),
  );
}
const rule = (
  board: TestBoard,
  proposalId: string | null,
  ruling: Parameters<typeof ruleOnProposal>[1]['ruling'],
) => ruleOnProposal(board, { proposalId: proposalId ?? '', ruling, actor: 'ada' });
const list = (board: TestBoard, status: Proposal['status']) =>
  board.db.read((ports) => ports.proposals.list({ status, limit: 50 }));
const answers = async (board: TestBoard, run: RunRecord) =>
  (await board.db.read((ports) => ports.commands.pendingFor(run.runnerId))).flatMap((it) =>
    it.command.kind === 'answer' ? [`${it.command.requestId} ${it.command.decision} ${it.command.by}`] : [],
  );

describe.each(TEST_DATABASES)('a proposal on %s', (database) => {
  it('is raised once, ruled once, and its answer goes to the agent', async () => {
    await using board = await openTestBoard(database);
    const run = await board.addClaimed();
    board.takeKinds();
    const raised = await raise(board, run, { id: 'q1' });
    expect(await raise(board, run, { id: 'q1' })).toEqual(raised);
    expect(
      okValue(await rule(board, raised.proposalId, { decision: 'deny', reason: 'too wild' })),
    ).toMatchObject({
      status: 'denied',
      ruledBy: 'ada',
      scope: 'once',
      reason: 'too wild',
    });
    okValue(await rule(board, raised.proposalId, { decision: 'deny' }));
    expect(codeOf(await rule(board, raised.proposalId, { decision: 'allow' }))).toBe('proposal_settled');
    expect(codeOf(await rule(board, 'a_gone', { decision: 'allow' }))).toBe('proposal_not_found');
    expect(await answers(board, run)).toEqual(['q1 deny ada']);
    expect(board.takeKinds()).toEqual(['proposal.raised', 'proposal.ruled']);
  });

  it('that two people rule at once is ruled by one of them', async () => {
    await using board = await openTestBoard(database);
    const other = { ...board, db: await board.openServer() };
    const run = await board.addClaimed();
    const raised = await raise(board, run, { id: 'q1' });
    const codes = await Promise.all([
      rule(board, raised.proposalId, { decision: 'allow' }),
      rule(other, raised.proposalId, { decision: 'deny' }),
    ]);
    expect(codes.map(codeOf).toSorted()).toEqual(['proposal_settled', null].toSorted());
    expect(await answers(board, run)).toHaveLength(1);
  });
});

describe('a wider ruling', () => {
  it.each(['task', 'project'] as const)(
    'for the %s answers what waits under it, and what comes',
    async (scope) => {
      await using board = await openTestBoard('sqlite');
      const [run, elsewhere] = [await board.addClaimed(), await board.addClaimed({ assignee: 'beta' })];
      const first = await raise(board, run, { id: 'q1' });
      await raise(board, run, { id: 'q2', command: 'npm test -- -u' });
      await raise(board, run, { id: 'q3', command: 'npm test && rm -rf /' });
      await raise(board, elsewhere, { id: 'q4' });
      okValue(await rule(board, first.proposalId, { decision: 'allow', scope }));
      const waiting = (await list(board, 'pending')).map((it) => it.requestId);
      expect(waiting).toEqual(scope === 'task' ? ['q3', 'q4'] : ['q3']);
      expect(await raise(board, run, { id: 'q5' })).toMatchObject({
        outcome: 'allowed',
        because: `allowed for this ${scope} by ada`,
      });
      expect(await raise(board, run, { id: 'q6', command: 'npm publish' })).toMatchObject({
        outcome: 'pending',
      });
      expect(await answers(board, run)).toEqual(
        expect.arrayContaining(['q1 allow ada', 'q2 allow ada', 'q5 allow policy']),
      );
    },
  );

  it('that denies makes no rule', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const first = await raise(board, run, { id: 'q1' });
    okValue(await rule(board, first.proposalId, { decision: 'deny', scope: 'project' }));
    expect(await raise(board, run, { id: 'q2' })).toMatchObject({ outcome: 'pending' });
  });
});

describe('F12: a request with choices of its own', () => {
  const options = [
    { id: 'plan-auto', name: 'Yes, and use auto mode', kind: 'allow_always' },
    { id: 'plan-manual', name: 'Yes, manually approve edits', kind: 'allow_once' },
    { id: 'red', name: 'Red', kind: null },
    { id: 'plan-no', name: 'No, keep planning', kind: 'reject_once' },
  ];
  const sent = async (board: TestBoard, run: RunRecord) =>
    (await board.db.read((ports) => ports.commands.pendingFor(run.runnerId))).flatMap((it) =>
      it.command.kind === 'answer' ? [[it.command.decision, it.command.option]] : [],
    );

  it.each([
    ['plan-auto', 'allowed', 'allow'],
    ['plan-manual', 'allowed', 'allow'],
    ['red', 'answered', 'choose'],
    ['plan-no', 'denied', 'deny'],
  ] as const)('is answered with %s: %s', async (option, status, decision) => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const raised = await raise(board, run, { id: 'q1', detail: { options } });
    const ruled = okValue(await rule(board, raised.proposalId, { option }));
    expect(ruled).toMatchObject({ status, choice: { id: option }, scope: 'once', ruledBy: 'ada' });
    expect(okValue(await rule(board, raised.proposalId, { option }))).toEqual(ruled);
    const other = option === 'red' ? 'plan-no' : 'red';
    expect(codeOf(await rule(board, raised.proposalId, { option: other }))).toBe('proposal_settled');
    expect(await sent(board, run)).toEqual([[decision, option]]);
  });

  it('is not answered with what it does not offer, nor with a word that says something else', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const colours = [{ id: 'red', name: 'Red', kind: 'colour' }];
    const raised = await raise(board, run, { id: 'q1', detail: { options: colours } });
    const codes = await Promise.all([
      rule(board, raised.proposalId, { option: 'gone' }),
      rule(board, raised.proposalId, { option: 'red', decision: 'allow' }),
      rule(board, raised.proposalId, { option: 'red', scope: 'project' }),
      rule(board, raised.proposalId, { decision: 'allow' }),
      rule(board, raised.proposalId, { decision: 'allow', scope: 'project' }),
    ]);
    expect(codes.map(codeOf)).toEqual([
      'option_unknown',
      'invalid_input',
      'invalid_input',
      'option_needed',
      'option_needed',
    ]);
    expect(await sent(board, run)).toEqual([]);
    okValue(await rule(board, raised.proposalId, { decision: 'deny' }));
    expect(await sent(board, run)).toEqual([['deny', null]]);
  });

  it('can simply be allowed where one option means just that, and by a rule', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const first = await raise(board, run, { id: 'q1', detail: { options } });
    okValue(await rule(board, first.proposalId, { decision: 'allow', scope: 'task' }));
    expect(await raise(board, run, { id: 'q2', detail: { options } })).toMatchObject({ outcome: 'allowed' });
    const choices = options.filter(({ id }) => id !== 'plan-manual');
    const second = await raise(board, run, { id: 'q3', detail: { options: choices } });
    expect(second).toMatchObject({ outcome: 'pending' });
    expect(await sent(board, run)).toEqual([
      ['allow', null],
      ['allow', null],
    ]);
  });

  it('of an older host, which told none, is allowed as it was', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const raised = await raise(board, run, { id: 'q1', detail: { options: null, places: null } });
    okValue(await rule(board, raised.proposalId, { decision: 'allow', scope: 'project' }));
    expect(await sent(board, run)).toEqual([['allow', null]]);
  });
});

describe('a rule', () => {
  it('is listed, and taken back it allows nothing more', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const first = await raise(board, run, { id: 'q1' });
    okValue(await rule(board, first.proposalId, { decision: 'allow', scope: 'project' }));
    const [made, ...more] = await listRules(board);
    expect(more).toEqual([]);
    expect(made).toMatchObject({
      scope: 'project',
      scopeId: run.projectId,
      text: 'npm test …',
      isUsed: true,
    });
    board.takeKinds();
    const ruleId = made?.id ?? '';
    expect(okValue(await forgetRule(board, { ruleId, actor: 'ada' }))).toEqual(made);
    expect(codeOf(await forgetRule(board, { ruleId, actor: 'ada' }))).toBe('rule_not_found');
    expect(board.takeKinds()).toEqual(['rule.forgotten']);
    expect(await listRules(board)).toEqual([]);
    expect(await raise(board, run, { id: 'q2' })).toMatchObject({ outcome: 'pending' });
  });

  it('A2: is not made where it would cover what nobody saw, and the answer counts once', async () => {
    await using board = await openTestBoard('sqlite');
    const run = await board.addClaimed();
    const unknown = { command: null, toolKind: 'execute', title: 'tail -f /dev/null' } as const;
    const first = await raise(board, run, { id: 'q1', detail: unknown });
    const ruled = okValue(await rule(board, first.proposalId, { decision: 'allow', scope: 'project' }));
    expect(ruled).toMatchObject({ widerRule: null, scope: 'once' });
    expect(await listRules(board)).toEqual([]);
    expect(await raise(board, run, { id: 'q2', detail: unknown })).toMatchObject({ outcome: 'pending' });
  });
});
