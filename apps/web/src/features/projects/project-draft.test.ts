import type { Project } from '@quarterdeck/contract/project';
import { expect, it } from 'vitest';
import { draftOf, draftWith, patchFrom, sawNow, settingsFrom } from './project-draft.ts';

it('reads an empty field as no setting, and comes back as it was', () => {
  const project = {
    name: 'api',
    defaultProfile: null,
    baseBranch: 'main',
    setupCommand: null,
    maxConcurrentRuns: 3,
    budget: { limitMicros: 20_000_000, period: 'day' },
    workspaceKind: 'dir',
  };
  const draft = draftOf(project as Project);
  expect(settingsFrom(draft)).toEqual({ ok: true, value: project });
  const emptied = settingsFrom({ ...draft, maxConcurrentRuns: ' ', budget: '' });
  expect(emptied.ok && emptied.value).toMatchObject({ maxConcurrentRuns: null, budget: null });
});

it('K16 says what is wrong with a budget that is none', () => {
  const patch = settingsFrom({
    name: 'api',
    defaultProfile: '',
    baseBranch: '',
    setupCommand: '',
    maxConcurrentRuns: '',
    budget: '20/week',
    workspaceKind: '',
  });
  expect(patch).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } });
});

it('W4: sends the fields somebody wrote into and what they replace, and shows what others set elsewhere', () => {
  const saw = {
    name: 'api',
    defaultProfile: null,
    baseBranch: 'main',
    setupCommand: null,
    maxConcurrentRuns: 3,
    budget: null,
    workspaceKind: null,
  } as Project;
  const edits = { maxConcurrentRuns: { text: '5', saw } };
  const now = { ...saw, setupCommand: 'npm ci', maxConcurrentRuns: 4 };
  const draft = draftWith(now, edits);
  expect(draft).toMatchObject({ maxConcurrentRuns: '5', setupCommand: 'npm ci' });
  expect(patchFrom(draft, edits)).toEqual({
    ok: true,
    value: { maxConcurrentRuns: 5, seen: { maxConcurrentRuns: 3 } },
  });
  expect(patchFrom(draft, sawNow(edits, now))).toMatchObject({ value: { seen: { maxConcurrentRuns: 4 } } });
});
