import { expect, it } from 'vitest';
import { isSameLabel, Label, mergeLabels } from './label.ts';

it('K18 a label added again in another case keeps its first spelling and its place', () => {
  expect(mergeLabels(['API', 'docs'], { add: ['api', 'Web', 'web'] })).toEqual(['API', 'docs', 'Web']);
});

it('K18 labels are removed whatever their case, and what is removed and added stands at the end', () => {
  expect(mergeLabels(['API', 'docs', 'web'], { remove: ['api', 'none'] })).toEqual(['docs', 'web']);
  expect(mergeLabels(['API', 'docs'], { remove: ['api'], add: ['Api'] })).toEqual(['docs', 'Api']);
});

it('K18 a label has no commas and no line breaks, and is trimmed', () => {
  expect(Label.parse('  needs design ')).toBe('needs design');
  for (const bad of ['', '  ', 'a,b', 'a\nb', 'x'.repeat(51)])
    expect(Label.safeParse(bad).success).toBe(false);
  expect(isSameLabel('Ärger', 'äRGER')).toBe(true);
});
