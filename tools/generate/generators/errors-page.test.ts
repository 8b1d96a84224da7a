import { expect, it } from 'vitest';
import { renderErrorsPage } from './errors-page.ts';

it('writes one row for each code, sorted, with table marks escaped', () => {
  const page = renderErrorsPage({
    wip_limit: { status: 409, exit: 4, retryable: true, message: 'a | b' },
    not_found: { status: 404, exit: 3, retryable: false, message: 'no {noun}' },
  });
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual([
    '| `not_found` | 404 | 3 | no | no {noun} |',
    '| `wip_limit` | 409 | 4 | yes | a \\| b |',
  ]);
});
