import { describe, expect, it } from 'vitest';
import { askAs } from './testing/ask-as.ts';

const diff = (path: unknown, newText: unknown = 'x') => ({ type: 'diff', path, newText });
const outsideOf = (asking: Parameters<typeof askAs>[1]) =>
  (askAs('claude', asking).places ?? []).filter(({ inside }) => inside === null).map(({ path }) => path);

const inner = Array.from({ length: 61 }, (_, n) => diff(`src/${n}.ts`));
const SHAPES: [string, object][] = [
  ['a diff behind those that are shown', { content: [...inner, diff('/etc/passwd')] }],
  ['a diff without the new text', { content: [{ type: 'diff', path: '/etc/passwd' }] }],
  ['a diff whose new text is null', { content: [diff('/etc/passwd', null)] }],
  ['a diff whose new text is a list', { content: [diff('/etc/passwd', ['x'])] }],
  ['a location beside one without a path', { locations: [{ path: '/etc/passwd' }, { line: 1 }] }],
  ['a location beside nothing', { locations: [null, { path: '/etc/passwd' }, 'a'] }],
  ['a block of an unknown type', { content: [{ type: 'patch', path: '/etc/passwd' }] }],
  [
    'a link',
    { content: [{ type: 'content', content: { type: 'resource_link', uri: 'file:///etc/passwd' } }] },
  ],
  ['contents that are no list', { content: diff('/etc/passwd') }],
];
const UNREADABLE: [string, object][] = [
  ['a location without a path', { locations: [{ path: 'a.ts' }, { line: 1 }] }],
  ['a location that is a number', { locations: [{ path: 7 }] }],
  ['locations that are no list', { locations: { path: 'a.ts' } }],
  ['a diff without a path', { content: [{ type: 'diff', newText: 'x' }] }],
  ['a diff whose path is a list', { content: [diff(['/etc/passwd'])] }],
  ['a block that is text', { content: ['/etc/passwd'] }],
  ['contents that are a text', { content: '/etc/passwd' }],
];

describe('S3: a place that is named is found, whatever the shape', () => {
  it.each(SHAPES)('in a request: %s', (_, fields) => {
    expect(outsideOf({ toolCall: { kind: 'edit', title: 'Edit', ...fields } }).join()).toContain(
      '/etc/passwd',
    );
  });

  it.each(SHAPES)('in what was announced: %s', (_, fields) => {
    const before = [{ kind: 'edit', title: 'Edit', ...fields }];
    const asking = { before, toolCall: { kind: 'edit', title: 'Edit' } };
    expect(outsideOf(asking).join()).toContain('/etc/passwd');
  });

  it.each(UNREADABLE)('what cannot be read counts as elsewhere: %s', (_, fields) => {
    const call = { kind: 'edit', title: 'Edit', ...fields };
    expect(outsideOf({ toolCall: call })).toEqual(['… and more']);
    expect(
      outsideOf({ before: [call, { locations: [{ path: 'a.ts' }] }], toolCall: { kind: 'edit' } }),
    ).toEqual(['… and more']);
  });

  it('and what is whole and inside does not', () => {
    const text = { type: 'content', content: { type: 'text', text: 'See /etc' } };
    const toolCall = { kind: 'edit', locations: [{ path: 'a.ts', line: 3 }], content: [text, diff('a.ts')] };
    expect(outsideOf({ toolCall })).toEqual([]);
    expect(outsideOf({ toolCall: { kind: 'edit', locations: null, content: null } })).toEqual([]);
  });
});

it('S3: says how many changes are not shown', () => {
  const { changes } = askAs('claude', { toolCall: { kind: 'edit', content: inner } });
  expect(changes).toHaveLength(51);
  expect(changes.at(-1)?.path).toBe('… and 11 more');
});
