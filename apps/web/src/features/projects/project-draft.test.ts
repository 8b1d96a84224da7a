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
  };
  expect(patchFrom(draftOf(project as Project))).toEqual(project);
  expect(patchFrom({ ...draftOf(project as Project), maxConcurrentRuns: ' ' }).maxConcurrentRuns).toBeNull();
});
