import type { Project } from '@quarterdeck/contract/project';
import { expect, it } from 'vitest';
import { draftOf, patchFrom } from './project-draft.ts';

it('reads an empty field as no setting, and comes back as it was', () => {
  const project = {
    name: 'api',
    defaultProfile: null,
    baseBranch: 'main',
    setupCommand: null,
    maxConcurrentRuns: 3,
    budget: { limitMicros: 20_000_000, period: 'day' },
  };
  const draft = draftOf(project as Project);
  expect(patchFrom(draft)).toEqual({ ok: true, value: project });
  const emptied = patchFrom({ ...draft, maxConcurrentRuns: ' ', budget: '' });
  expect(emptied.ok && emptied.value).toMatchObject({ maxConcurrentRuns: null, budget: null });
});

it('K16 says what is wrong with a budget that is none', () => {
  const patch = patchFrom({
    name: 'api',
    defaultProfile: '',
    baseBranch: '',
    setupCommand: '',
    maxConcurrentRuns: '',
    budget: '20/week',
  });
  expect(patch).toMatchObject({ ok: false, refusal: { code: 'invalid_input' } });
});
