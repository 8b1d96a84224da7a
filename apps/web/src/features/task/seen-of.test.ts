import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { expect, it } from 'vitest';
import { labelChange } from './label-change.ts';
import { seenOf } from './seen-of.ts';

it('W4: a change carries the values it replaces, and no others', () => {
  const saw = makeTask({ title: 'Old', body: null, assignee: 'alpha', status: 'ready' });
  expect(seenOf(saw, { title: 'New', body: 'text' })).toEqual({ title: 'Old', body: null });
  expect(seenOf(saw, { status: 'done', assignee: '' })).toEqual({ status: 'ready', assignee: 'alpha' });
  expect(seenOf(saw, { addLabels: ['x'] })).toEqual({});
});

it('W4: labels are said as what comes and what goes, whatever their case', () => {
  expect(labelChange(['API', 'docs'], ['api', 'new'])).toEqual({
    addLabels: ['new'],
    removeLabels: ['docs'],
  });
});
