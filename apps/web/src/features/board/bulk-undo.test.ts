import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { bulkUndo } from './bulk-undo.ts';

const tasks = [
  makeTask({ id: 't_0001', status: 'ready', assignee: 'alpha', labels: ['API'] }),
  makeTask({ id: 't_0002', status: 'todo', assignee: null, labels: [] }),
  makeTask({ id: 't_0003', status: 'ready', assignee: 'alpha', labels: [] }),
];

describe('K18 taking a change of many tasks back', () => {
  it('brings each to where it came from, those from one column together', () => {
    expect(bulkUndo({ status: 'triage' }, tasks)).toEqual([
      { ids: ['t_0001', 't_0003'], change: { status: 'ready' } },
      { ids: ['t_0002'], change: { status: 'todo' } },
    ]);
    expect(bulkUndo({ archive: true }, tasks.slice(0, 1))).toEqual([
      { ids: ['t_0001'], change: { status: 'ready' } },
    ]);
  });

  it('gives each back to who had it', () => {
    expect(bulkUndo({ assignee: 'beta' }, tasks)).toEqual([
      { ids: ['t_0001', 't_0003'], change: { assignee: 'alpha' } },
      { ids: ['t_0002'], change: { assignee: '' } },
    ]);
  });

  it('touches only labels that the change touched', () => {
    expect(bulkUndo({ addLabels: ['api'], removeLabels: ['docs'] }, tasks)).toEqual([
      { ids: ['t_0002', 't_0003'], change: { removeLabels: ['api'] } },
    ]);
    expect(bulkUndo({ removeLabels: ['api'] }, tasks)).toEqual([
      { ids: ['t_0001'], change: { addLabels: ['API'] } },
    ]);
  });

  it('offers nothing where nothing changed or nothing leads back', () => {
    expect(bulkUndo({ status: 'todo' }, tasks.slice(1, 2))).toEqual([]);
    expect(bulkUndo({ status: 'done' }, [makeTask({ status: 'review' })])).toEqual([]);
  });
});
