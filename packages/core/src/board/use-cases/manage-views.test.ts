import { codeOf, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { deleteView, listViews, saveView } from './manage-views.ts';

describe.each(TEST_DATABASES)('K18 saved views on %s', (database) => {
  it('are kept under names that are all different, until they are deleted', async () => {
    await using board = await openTestBoard(database);
    const save = (name: string, query: string) => saveView(board, { view: { name, query }, actor: 'ada' });
    const mine = okValue(await save('Mine', 'assignee=ada'));
    expect(codeOf(await save('Mine', 'q=x'))).toBe('view_exists');
    okValue(await save('API', 'q=api'));
    expect(okValue(await listViews(board)).views).toMatchObject([
      { name: 'API', query: 'q=api' },
      { name: 'Mine', query: 'assignee=ada', createdBy: 'ada' },
    ]);
    okValue(await deleteView(board, mine.id));
    expect(codeOf(await deleteView(board, mine.id))).toBe('view_not_found');
    expect(okValue(await listViews(board)).views).toHaveLength(1);
  });
});
