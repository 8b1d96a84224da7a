import type { TaskPatch } from '@quarterdeck/contract/task';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { codeOf, okValue } from '@quarterdeck/testkit/factories/open-test-board';
import { describe, expect, it } from 'vitest';
import { editTask } from './edit-task.ts';

const NOW = 2_000;
const task = makeTask({ labels: ['API', 'docs'], reviewer: 'codex', budgetMicros: 500 });
const edit = (patch: TaskPatch) => okValue(editTask(task, patch, NOW));

describe('K4 editing a task', () => {
  it('names a reviewer, and an empty string leaves the review to any person', () => {
    expect(edit({ reviewer: 'ada' })).toMatchObject({ task: { reviewer: 'ada' }, fields: ['reviewer'] });
    expect(edit({ reviewer: '' })).toMatchObject({ task: { reviewer: null }, fields: ['reviewer'] });
    expect(edit({ reviewer: 'codex' }).fields).toEqual([]);
    expect(editTask(makeTask(), { reviewer: '' }, NOW)).toMatchObject({ ok: true, value: { fields: [] } });
  });

  it('sets a budget, and 0 takes it away', () => {
    expect(edit({ budgetMicros: 900 })).toMatchObject({
      task: { budgetMicros: 900 },
      fields: ['budgetMicros'],
    });
    expect(edit({ budgetMicros: 0 })).toMatchObject({
      task: { budgetMicros: null },
      fields: ['budgetMicros'],
    });
    expect(edit({ budgetMicros: null }).fields).toEqual([]);
  });

  it('leaves what was not said, and the very same task when nothing changed', () => {
    expect(edit({ assignee: 'alpha', labels: ['API', 'docs'], addLabels: ['api'] }).task).toBe(task);
  });
});

describe('K18 labels of a task', () => {
  it('are replaced, added and taken away, and told only when they changed', () => {
    expect(edit({ labels: ['web', 'WEB', 'Api'] })).toMatchObject({
      task: { labels: ['web', 'Api'], updatedAt: NOW },
      fields: ['labels'],
    });
    expect(edit({ addLabels: ['web'], removeLabels: ['api'] }).task.labels).toEqual(['docs', 'web']);
    expect(edit({ addLabels: ['DOCS'], removeLabels: ['none'] }).fields).toEqual([]);
  });

  it('are at most twenty, counted after merging', () => {
    const many = Array.from({ length: 19 }, (_, at) => `l${at}`);
    expect(codeOf(editTask(task, { addLabels: many }, NOW))).toBe('too_many_labels');
    expect(edit({ addLabels: many, removeLabels: ['docs'] }).task.labels).toHaveLength(20);
  });
});
