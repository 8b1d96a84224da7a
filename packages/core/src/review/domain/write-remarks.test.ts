import { expect, it } from 'vitest';
import { writeRemarks } from './write-remarks.ts';

it('K22 writes remarks as Markdown that a person and an agent can read', () => {
  const comments = [
    { path: 'src/door.ts', line: 12, side: 'new', quote: '  const a = `b`;', body: 'Name it.\n' },
    { path: 'src/oil.ts', line: 3, side: 'old', quote: null, body: 'Why is this gone?' },
  ] as const;
  expect(writeRemarks({ summary: ' Nearly. ', comments: [...comments] })).toBe(`**Changes requested**

Nearly.

\`src/door.ts:12\`

      const a = \`b\`;

Name it.

\`src/oil.ts:3\` (as it was before the change)
Why is this gone?`);
});
