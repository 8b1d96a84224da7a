import { expect, test } from 'vitest';
import { markMentions } from './mark-mentions.ts';

const text = (value: string) => ({ type: 'text', value });
const element = (tagName: string, ...children: object[]) => ({ type: 'element', tagName, children });

test('K22 mentions of known profiles are marked outside code and links, and the words stay', () => {
  const tree = element(
    'p',
    text('Hi @claude and @nobody, '),
    element('code', text('@claude')),
    element('em', text('@claude')),
  );
  markMentions((profile) => profile === 'claude')()(tree as never);
  const seen = JSON.stringify(tree);
  expect(seen.match(/dataMention/g)).toHaveLength(2);
  expect(tree.children).toHaveLength(5);
  expect([...seen.matchAll(/"value":"([^"]*)"/g)].map(([, words]) => words).join('|')).toBe(
    'Hi |@claude| and @nobody, |@claude|@claude',
  );
});
