import { expect, it } from 'vitest';
import { findBrowser } from './find-browser.mjs';

const only = (path: string) => (candidate: string) => candidate === path;

it('takes the one named in the environment, without looking further', () => {
  expect(findBrowser({ QUARTERDECK_CHROMIUM: '/opt/chromium' }, () => false)).toBe('/opt/chromium');
});

it.each([
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
])('finds %s', (path) => {
  expect(findBrowser({ PATH: '/bin:/snap/bin' }, only(path))).toBe(path);
});

it('finds none where there is none', () => {
  expect(findBrowser({ PATH: '/bin' }, () => false)).toBeUndefined();
});
