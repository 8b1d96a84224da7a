import { expect, it } from 'vitest';
import { missingPackages } from './system-programs.mjs';

it('asks only for what is missing', () => {
  expect(missingPackages({ hasBrowser: true, hasGit: true, hasSandbox: true })).toEqual([]);
  expect(missingPackages({ hasBrowser: false, hasGit: true, hasSandbox: true })).toEqual(['chromium']);
  expect(missingPackages({ hasBrowser: false, hasGit: false, hasSandbox: false })).toEqual([
    'chromium',
    'git',
    'bubblewrap',
  ]);
});
