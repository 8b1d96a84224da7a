import { expect, it } from 'vitest';
import { parseSearch, stringifySearch } from './search-text.ts';

it('K18 keeps texts as they are and repeats the name of a list', () => {
  const search = { q: '42', needs: 'me', label: ['api', 'good first task'] };
  expect(stringifySearch({ ...search, tab: undefined })).toBe(
    '?q=42&needs=me&label=api&label=good+first+task',
  );
  expect(parseSearch('?q=42&needs=me&label=api&label=good+first+task')).toEqual(search);
  expect(stringifySearch({})).toBe('');
});
