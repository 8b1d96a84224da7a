import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { bulkUndo, seenInMany } from './bulk-undo.ts';

const tasks = [
  makeTask({ id: 't_0001', status: 'ready', assignee: 'alpha', labels: ['API'] }),
  makeTask({ id: 't_0002', status: 'todo', assignee: null, labels: [] }),
  makeTask({ id: 't_0003', status: 'ready', assignee: 'alpha', labels: [] }),
];

const stepsBack = (...args: Parameters<typeof bulkUndo>) =>
  bulkUndo(...args).map(({ ids, change }) => ({ ids, change }));

describe('K18 taking a change of many tasks back', () => {
  it('brings each to where it came from, those from one column together', () => {
    expect(stepsBack({ status: 'triage' }, tasks)).toEqual([
      { ids: ['t_0001', 't_0003'], change: { status: 'ready' } },
      { ids: ['t_0002'], change: { status: 'todo' } },
    ]);
    expect(stepsBack({ archive: true }, tasks.slice(0, 1))).toEqual([
      { ids: ['t_0001'], change: { status: 'ready' } },
    ]);
  });

  it('gives each back to who had it', () => {
    expect(stepsBack({ assignee: 'beta' }, tasks)).toEqual([
      { ids: ['t_0001', 't_0003'], change: { assignee: 'alpha' } },
      { ids: ['t_0002'], change: { assignee: '' } },
    ]);
  });

  it('touches only labels that the change touched', () => {
    expect(stepsBack({ addLabels: ['api'], removeLabels: ['docs'] }, tasks)).toEqual([
      { ids: ['t_0002', 't_0003'], change: { removeLabels: ['api'] } },
    ]);
    expect(stepsBack({ removeLabels: ['api'] }, tasks)).toEqual([
      { ids: ['t_0001'], change: { addLabels: ['API'] } },
    ]);
  });

  it('offers nothing where nothing changed or nothing leads back', () => {
    expect(stepsBack({ status: 'todo' }, tasks.slice(1, 2))).toEqual([]);
    expect(stepsBack({ status: 'done' }, [makeTask({ status: 'review' })])).toEqual([]);
  });
});

describe('W4: what a change of many tasks replaces', () => {
  it('is what was seen of each, and on the way back what the change made of them', () => {
    expect(seenInMany(tasks.slice(0, 2), { status: 'triage', assignee: 'beta', addLabels: ['x'] })).toEqual({
      t_0001: { status: 'ready', assignee: 'alpha' },
      t_0002: { status: 'todo', assignee: null },
    });
    expect(bulkUndo({ archive: true }, tasks.slice(0, 1))[0]?.seen).toEqual({
      t_0001: { status: 'archived' },
    });
    expect(bulkUndo({ assignee: '' }, tasks.slice(0, 1))[0]?.seen).toEqual({ t_0001: { assignee: null } });
    expect(bulkUndo({ addLabels: ['x'] }, tasks.slice(0, 1))[0]?.seen).toEqual({ t_0001: {} });
  });
});
