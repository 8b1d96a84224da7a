import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cardsOf, transcriptOf, waitForApproval, waitForStatus } from '../program/board-view.ts';
import { git } from '../program/make-repository.ts';
import { startProgram } from '../program/start-program.ts';

describe('the demo on an empty home', () => {
  it('works six tasks in a chain, asks one permission, has the last reviewed, and lands them all', async () => {
    await using program = await startProgram({ env: { QUARTERDECK_DEMO_SPEED: '0.2' } });
    const { client } = program;
    const cards = (await cardsOf(client)).toSorted(
      (left, right) => left.createdAt - right.createdAt || left.id.localeCompare(right.id),
    );
    expect(cards).toHaveLength(6);

    const approval = await waitForApproval(client);
    expect(approval.detail.command).toBe('node scripts/migrate.js --apply');
    const asking = await client.call('task.show', { params: { taskId: approval.taskId } });
    expect(asking.ok && asking.value.task.pendingApprovals).toBe(1);
    const ruled = await client.call('approval.rule', {
      params: { proposalId: approval.id },
      body: { decision: 'allow' },
    });
    expect(ruled.ok && ruled.value.proposal.status).toBe('allowed');

    const last = cards.find((card) => card.linkCounts.children === 0);
    for (const card of cards) await waitForStatus(client, card.id, card === last ? 'review' : 'done');
    const items = await transcriptOf(client, approval.taskId);
    expect(items.find((item) => item.kind === 'permission')).toMatchObject({ outcome: 'allowed' });
    expect(items.find((item) => item.kind === 'message')).toMatchObject({
      text: expect.stringContaining('no model is involved'),
    });

    const repository = join(program.home, 'demo', 'harbour-log');
    const log = await git(repository, 'log', '--oneline', `qd/${last?.id}`);
    expect(log.trim().split('\n')).toHaveLength(7);

    const events = await program.events();
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter((event) => event.kind === 'task.completed')).toHaveLength(5);
    expect(events.filter((event) => event.kind === 'run.ended')).toHaveLength(6);

    const call = { params: { taskId: last?.id ?? '' }, body: { land: 'merge' as const } };
    const approved = await client.call('task.approve', call);
    expect(approved.ok && approved.value.task).toMatchObject({
      status: 'done',
      landing: { status: 'landed', into: 'main', message: expect.stringContaining('earlier tasks') },
    });
    expect(await git(repository, 'show', 'main:CHANGELOG.md')).toContain('0.2.0');
    expect(await git(repository, 'status', '--porcelain')).toBe('');
  });
});
