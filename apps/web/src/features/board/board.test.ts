import { TASK_STATUSES } from '@quarterdeck/contract/status';
import type { TaskCard } from '@quarterdeck/contract/task';
import { describe, expect, it } from 'vitest';
import { changeColumns, sortIntoColumns } from '../../connection/column-order.ts';
import { readBoardSearch, shownStatuses } from './board-search.ts';
import { collapsedColumns } from './collapsed-columns.ts';
import { heldRows, laneRows, plainRows } from './column-rows.ts';
import { findCards } from './find-cards.ts';
import { filterColumns, matchesText, withOverlays } from './group-cards.ts';
import { canMove, hasNoWayBack, questionBefore, undoTarget } from './move-targets.ts';
import { nextCard } from './next-card.ts';

describe('the search in the address', () => {
  it('keeps what makes sense and drops the rest', () => {
    const raw = {
      project: 'p_1234',
      status: 'running,nonsense,ready',
      archived: 'no',
      q: 42,
      needs: 'me',
      x: 1,
    };
    expect(readBoardSearch(raw)).toEqual({
      project: 'p_1234',
      status: 'ready,running',
      q: '42',
      needs: 'me',
    });
  });

  it('shows archived only when asked', () => {
    expect(shownStatuses({})).not.toContain('archived');
    expect(shownStatuses({ archived: 'yes' }).at(-1)).toBe('archived');
    expect(shownStatuses({ status: 'done' })).toEqual(['done']);
  });
});

describe('grouping', () => {
  const cards = [
    card('t_0001', { createdAt: 2 }),
    card('t_0002', { createdAt: 1, assignee: 'opencode' }),
    card('t_0003', { createdAt: 3, priority: 2 }),
    card('t_0004', { status: 'done', completedAt: 5 }),
    card('t_0005', { status: 'done', completedAt: 9 }),
  ];

  const columns = sortIntoColumns(cards);
  const filtered = (filter: object) => filterColumns(columns, filter, null).grouped;

  it('orders by priority then age, and finished work from the newest', () => {
    expect(ids(columns.get('ready'))).toEqual(['t_0003', 't_0002', 't_0001']);
    expect(ids(columns.get('done'))).toEqual(['t_0005', 't_0004']);
  });

  it('puts a changed card in its place, and leaves the list of every other column the same object', () => {
    const [first] = cards;
    if (!first) throw new Error('no card');
    const raised = changeColumns(columns, [{ from: first, to: { ...first, priority: 9 } }]);
    expect(ids(raised.get('ready'))).toEqual(['t_0001', 't_0003', 't_0002']);
    expect(raised.get('done')).toBe(columns.get('done'));
    const moved = changeColumns(columns, [{ from: first, to: { ...first, status: 'done', completedAt: 7 } }]);
    expect(ids(moved.get('ready'))).toEqual(['t_0003', 't_0002']);
    expect(ids(moved.get('done'))).toEqual(['t_0005', 't_0001', 't_0004']);
  });

  it('K18 filters by tenant and by all labels that are asked for, and searches labels', () => {
    const labelled = sortIntoColumns([
      card('t_0001', { labels: ['API', 'docs'], tenant: 'acme' }),
      card('t_0002', { labels: ['api'] }),
    ]);
    const shown = (filter: object) => ids(filterColumns(labelled, filter, null).grouped.get('ready'));
    expect(shown({ label: ['api'] })).toEqual(['t_0001', 't_0002']);
    expect(shown({ label: ['api', 'Docs'] })).toEqual(['t_0001']);
    expect(shown({ tenant: 'acme' })).toEqual(['t_0001']);
    expect(shown({ q: 'doc' })).toEqual(['t_0001']);
    expect(readBoardSearch({ label: ['api', 'API', '', 'a,b'], tenant: 'acme' })).toEqual({
      label: ['api'],
      tenant: 'acme',
    });
    expect(readBoardSearch({ label: 'docs' })).toEqual({ label: ['docs'] });
  });

  it('filters by assignee and by every word of a text', () => {
    expect(ids(filtered({ assignee: 'opencode' }).get('ready'))).toEqual(['t_0002']);
    expect(filtered({ assignee: 'none' }).get('ready')).toHaveLength(2);
    expect(filtered({})).toBe(columns);
    expect(matchesText(card('t_0009', { title: 'Retry webhooks' }), 'hooks retry')).toBe(true);
    expect(matchesText(card('t_0009', { title: 'Retry webhooks' }), 'retry refunds')).toBe(false);
  });

  it('looks again only at the columns that changed', () => {
    const [first] = cards;
    if (!first) throw new Error('no card');
    const before = filterColumns(columns, { q: 't_000' }, null);
    const changed = changeColumns(columns, [{ from: first, to: { ...first, title: 'x' } }]);
    const after = filterColumns(changed, { q: 't_000' }, before);
    expect(after.grouped.get('done')).toBe(before.grouped.get('done'));
    expect(after.grouped.get('ready')).not.toBe(before.grouped.get('ready'));
    const narrower = filterColumns(changed, { q: 't_0001' }, after);
    expect(ids(narrower.grouped.get('ready'))).toEqual(['t_0001']);
    expect(ids(narrower.grouped.get('done'))).toEqual([]);
  });

  it('shows a change before the server has it', () => {
    const map = new Map(cards.map((each) => [each.id, each]));
    const shown = withOverlays({ cards: map, columns }, new Map([['t_0001', { status: 'done' }]]));
    expect(ids(shown.get('done'))).toContain('t_0001');
    expect(ids(shown.get('ready'))).not.toContain('t_0001');
  });
});

describe('a column under the pointer', () => {
  const [a, b, c, d] = ['t_000a', 't_000b', 't_000c', 't_000d'].map((id) => card(id)) as [
    TaskCard,
    TaskCard,
    TaskCard,
    TaskCard,
  ];

  it('keeps every place, shows what came below, counts what came above', () => {
    const held = heldRows([a, b], [c, a, d]);
    expect(held.rows.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'card t_000a',
      'gone t_000b',
      'card t_000d',
    ]);
    expect(held.arrivals).toBe(1);
  });

  it('heads lanes with the busiest agent first', () => {
    const rows = plainRows([
      card('t_0001', { assignee: 'x' }),
      card('t_0002', { assignee: 'y' }),
      card('t_0003', { assignee: 'y' }),
    ]).rows;
    expect(laneRows(rows).map(({ key }) => key)).toEqual(['lane-y', 't_0002', 't_0003', 'lane-x', 't_0001']);
  });
});

describe('moves', () => {
  it('follows the transition table', () => {
    expect(canMove('ready', 'done')).toBe(true);
    expect(canMove('done', 'review')).toBe(false);
    expect(canMove('ready', 'running')).toBe(false);
    expect(canMove('blocked', 'ready')).toBe(true);
    expect(questionBefore('running', 'todo')).toBe('stop');
    expect(questionBefore('todo', 'scheduled')).toBe('time');
  });

  it('finds the way back, or the nearest one', () => {
    expect(undoTarget('todo', 'ready')).toBe('todo');
    expect(undoTarget('review', 'done')).toBe('todo');
    expect(hasNoWayBack('review', 'done')).toBe(true);
    expect(hasNoWayBack('ready', 'done')).toBe(false);
    expect(undoTarget('running', 'todo')).toBe('ready');
  });
});

describe('steps between cards', () => {
  const columns = [['a', 'b', 'c'], [], ['d']];
  it('stays in place at an edge and skips empty columns', () => {
    expect(nextCard(columns, null, 'down')).toBe('a');
    expect(nextCard(columns, 'a', 'up')).toBe('a');
    expect(nextCard(columns, 'c', 'right')).toBe('d');
    expect(nextCard(columns, 'd', 'left')).toBe('a');
  });
});

describe('folding', () => {
  const statuses = TASK_STATUSES.filter((status) => status !== 'archived');
  const full = new Map(statuses.map((status) => [status, 2]));
  const folded = (layout: Partial<Parameters<typeof collapsedColumns>[0]>) => [
    ...collapsedColumns({ statuses, counts: full, chosen: {}, widthPx: 2000, ...layout }),
  ];

  it('folds empty columns only as far as room is needed, and obeys what was chosen', () => {
    const some = {
      statuses: ['triage', 'todo', 'ready', 'running'],
      counts: new Map([['todo' as const, 2]]),
    } as const;
    expect(folded({ ...some, widthPx: 2000 })).toEqual([]);
    expect(folded({ ...some, widthPx: 600 })).toEqual(['triage']);
    expect(folded({ ...some, chosen: { triage: 'open' }, widthPx: 300 })).toEqual([]);
    expect(folded({ ...some, chosen: { todo: 'folded' } })).toEqual(['todo']);
  });

  it('keeps every column in which work moves open beside the rail of a 1440 px screen', () => {
    expect(folded({ widthPx: 1440 - 212 - 26 })).toEqual(['scheduled', 'triage']);
    expect(folded({ widthPx: 1920 - 212 - 26 })).toEqual([]);
  });
});

describe('finding a card', () => {
  it('names open ones first, then the newest, and leaves out what is excluded', () => {
    const cards = [
      card('t_0001', { status: 'done', updatedAt: 9 }),
      card('t_0002', { updatedAt: 1 }),
      card('t_0003', { updatedAt: 5 }),
      card('t_0004', { updatedAt: 7 }),
    ];
    expect(ids(findCards(cards, { text: '', most: 3, exclude: ['t_0004'] }))).toEqual([
      't_0003',
      't_0002',
      't_0001',
    ]);
    expect(ids(findCards(cards, { text: '', most: 2 }))).toEqual(['t_0004', 't_0003']);
    expect(ids(findCards(cards, { text: '0001', most: 2 }))).toEqual(['t_0001']);
  });
});

function ids(cards: readonly TaskCard[] | undefined): readonly string[] {
  return (cards ?? []).map(({ id }) => id);
}

function card(id: string, change: object = {}): TaskCard {
  const base = {
    id,
    title: id,
    status: 'ready',
    priority: 0,
    createdAt: 0,
    updatedAt: 0,
    assignee: null,
    tenant: null,
    labels: [],
  };
  return { ...base, completedAt: null, pendingApprovals: 0, ...change } as unknown as TaskCard;
}
