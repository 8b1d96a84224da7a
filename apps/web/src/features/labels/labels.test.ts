import { expect, it } from 'vitest';
import { labelHue } from '../../ui/label-hue.ts';
import { labelKey } from './label-key.ts';
import { suggestLabels } from './suggest-labels.ts';

const used = ['API', 'docs', 'needs docs', 'web'];
const names = (typed: string, chosen: readonly string[] = []) =>
  suggestLabels(typed, { used, chosen }).map(({ name, isNew }) => (isNew ? `new ${name}` : name));

it('K18 suggests labels in use, those that begin with the text first, and a new one last', () => {
  expect(names('doc')).toEqual(['docs', 'needs docs', 'new doc']);
  expect(names('')).toEqual(used);
  expect(names('', ['api'])).toEqual(['docs', 'needs docs', 'web']);
});

it('K18 makes no second spelling of a label that is there, and none with a comma', () => {
  expect(names('api')).toEqual(['API']);
  expect(names('API', ['API'])).toEqual([]);
  expect(names('a,b')).toEqual([]);
});

it('K18 colours a label by its name, whatever its case', () => {
  expect(labelHue('API')).toBe(labelHue('api'));
  expect(new Set(used.map(labelHue)).size).toBe(used.length);
  expect(labelHue('web')).toBeGreaterThanOrEqual(0);
});

it('K18 takes the last label away with Backspace only in the empty field, and leaves Escape to the drawer when there is nothing to close', () => {
  const empty = { text: '', isOpen: false, hasLabels: true, isAsked: false };
  expect(labelKey('Backspace', empty)).toBe('remove-last');
  expect(labelKey('Backspace', { ...empty, text: 'a' })).toBeNull();
  expect(labelKey('Escape', empty)).toBeNull();
  expect(labelKey('Escape', { ...empty, isOpen: true })).toBe('close');
  expect(labelKey('Enter', empty)).toBeNull();
  expect(labelKey('Enter', { ...empty, isAsked: true })).toBe('add');
});
