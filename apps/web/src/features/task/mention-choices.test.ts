import { expect, test } from 'vitest';
import { completeMention, mentionAt } from './mention-choices.ts';

test.each([
  ['@', { at: 0, letters: '' }],
  ['Hi @Cl', { at: 3, letters: 'cl' }],
  ['line\n@my-a', { at: 5, letters: 'my-a' }],
  ['ada@cl', null],
  ['see x/@cl', null],
  ['@claude ', null],
  ['', null],
])('K22 in %j a mention is being written: %j', (text, draft) => {
  expect(mentionAt(text, text.length)).toEqual(draft);
});

test('K22 a mention is completed where the caret is', () => {
  const text = 'Ask @cl please';
  const draft = mentionAt(text, 7);
  expect(draft && completeMention(text, draft, 'claude')).toEqual({ text: 'Ask @claude please', caret: 12 });
});
