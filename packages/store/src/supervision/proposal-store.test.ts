import type { ProjectId, ProposalId, RunId, TaskId } from '@quarterdeck/contract/ids';
import type { PermissionDetail } from '@quarterdeck/contract/proposal';
import type { PermissionRule } from '@quarterdeck/core/supervision';
import { makeDetail, makeProposal } from '@quarterdeck/testkit/factories/make-proposal';
import { change } from '@quarterdeck/testkit/store/change';
import { openTestStore, TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';

const ids = (proposals: readonly { readonly id: string }[]) => proposals.map((proposal) => proposal.id);

describe.each(TEST_DATABASES)('proposals on %s', (database) => {
  it('come back as they were written and are found by the request they answer', async () => {
    await using store = await openTestStore(database);
    const fileChange = { path: 'a.ts', oldText: null, newText: 'x' };
    const proposal = makeProposal({ detail: makeDetail({ paths: ['/a'], changes: [fileChange] }) });
    await change(store.db, ({ proposals }) => proposals.insert(proposal));
    const choice = { id: 'n', name: 'No', kind: 'reject_once' };
    const ruled = {
      ...proposal,
      status: 'denied' as const,
      ruledAt: 5,
      ruledBy: 'ada',
      reason: 'no',
      choice,
    };
    await store.db.read(async ({ proposals }) => {
      expect(await proposals.find(proposal.id)).toEqual(proposal);
      expect(await proposals.findByRequest('r_0000' as RunId, 'a_0000')).toEqual(proposal);
      expect(await proposals.findByRequest('r_0001' as RunId, 'a_0000')).toBeNull();
      expect(await proposals.find('a_gone' as ProposalId)).toBeNull();
    });
    await change(store.db, ({ proposals }) => proposals.save(ruled));
    expect(await store.db.read(({ proposals }) => proposals.find(proposal.id))).toEqual(ruled);
  });

  it('are listed oldest first, by status and task, and counted while they wait', async () => {
    await using store = await openTestStore(database);
    await change(store.db, async ({ proposals }) => {
      await proposals.insert(makeProposal({ id: 'a_0002', createdAt: 2 }));
      await proposals.insert(makeProposal({ id: 'a_0001', createdAt: 3, taskId: 't_else' as TaskId }));
      await proposals.insert(makeProposal({ id: 'a_0003', createdAt: 1, status: 'allowed' }));
      await proposals.insert(makeProposal({ id: 'a_0004', createdAt: 2, runId: 'r_else' as RunId }));
    });
    await store.db.read(async ({ proposals }) => {
      expect(ids(await proposals.list({ limit: 9 }))).toEqual(['a_0003', 'a_0002', 'a_0004', 'a_0001']);
      expect(ids(await proposals.list({ limit: 2 }))).toEqual(['a_0003', 'a_0002']);
      expect(ids(await proposals.list({ limit: 9, status: 'pending' }))).toEqual([
        'a_0002',
        'a_0004',
        'a_0001',
      ]);
      expect(ids(await proposals.list({ limit: 9, taskId: 't_else' }))).toEqual(['a_0001']);
      expect(ids(await proposals.pendingOfRun('r_else' as RunId))).toEqual(['a_0004']);
      expect(Object.fromEntries(await proposals.countPending())).toEqual({ t_0000: 2, t_else: 1 });
    });
  });

  it('rules apply to the task and to the project they were made for', async () => {
    await using store = await openTestStore(database);
    const rule = (id: string, scope: PermissionRule['scope'], scopeId: string): PermissionRule => ({
      id,
      scope,
      scopeId,
      pattern: { toolKind: 'execute', command: 'npm test', isPrefix: true, mcpTool: null },
      createdAt: 1,
      createdBy: 'ada',
    });
    const mine = [rule('rule_1', 'task', 't_0000'), rule('rule_2', 'project', 'p_general')];
    await change(store.db, async ({ rules }) => {
      for (const it of [...mine, rule('rule_3', 'task', 't_else')]) await rules.insert(it);
    });
    const subject = { taskId: 't_0000' as TaskId, projectId: 'p_general' as ProjectId };
    const found = await store.db.read(({ rules }) => rules.applyingTo(subject));
    expect(found.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(mine);
    await change(store.db, ({ rules }) => rules.remove('rule_1'));
    await store.db.read(async ({ rules }) => {
      expect(ids(await rules.list())).toEqual(['rule_2', 'rule_3']);
      expect(await rules.find('rule_1')).toBeNull();
      expect(await rules.find('rule_2')).toEqual(mine[1]);
    });
  });

  it('F12: of an older build have no options and no choice', async () => {
    await using store = await openTestStore(database);
    const { places: _places, options: _options, text: _text, ...old } = makeDetail();
    const proposal = makeProposal({ detail: old as PermissionDetail });
    await change(store.db, ({ proposals }) => proposals.insert(proposal));
    expect(await store.db.read(({ proposals }) => proposals.find(proposal.id))).toMatchObject({
      detail: { places: null, options: null, text: null },
      choice: null,
    });
  });
});
