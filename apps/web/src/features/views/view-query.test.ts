import { describe, expect, it } from 'vitest';
import { queryOf, searchOf } from './view-query.ts';

describe('K18 filters as text', () => {
  it('says the same for the same filters, and not which task is open', () => {
    const search = { q: 'a b&c', assignee: 'opencode', task: 't_1', tab: 'log' };
    expect(queryOf(search)).toBe('assignee=opencode&q=a+b%26c');
    expect(queryOf({ assignee: 'opencode', q: 'a b&c' })).toBe(queryOf(search));
    expect(queryOf({ task: 't_1' })).toBe('');
  });

  it('is read back, without what makes no sense', () => {
    const search = { q: 'a b&c', status: 'ready,running', lanes: 'agent' } as const;
    expect(searchOf(queryOf(search))).toEqual(search);
    expect(searchOf('needs=you&q=&status=nowhere')).toEqual({});
  });
});
