import { expect, it } from 'vitest';
import { missingPlatforms, registryAddresses } from './missing-platforms.mjs';

const LINUX = { version: '2.6.8', dev: true, optional: true, os: ['linux'], cpu: ['x64'] };
const BIOME = {
  version: '2.6.8',
  dev: true,
  optionalDependencies: {
    '@biomejs/cli-linux-x64': '2.6.8',
    '@biomejs/cli-darwin-arm64': '2.6.8',
    fsevents: '^2',
  },
};

it('writes what npm would have written for a platform the registry did not carry', () => {
  const packages = { 'node_modules/@biomejs/biome': BIOME, 'node_modules/@biomejs/cli-linux-x64': LINUX };
  expect(missingPlatforms(packages)).toEqual({
    'node_modules/@biomejs/cli-darwin-arm64': {
      version: '2.6.8',
      cpu: ['arm64'],
      dev: true,
      optional: true,
      os: ['darwin'],
    },
  });
});

it.each([
  ['@swc/core-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
  ['@swc/core-linux-s390x-gnu', { os: ['linux'], cpu: ['s390x'], libc: ['glibc'] }],
  ['opencode-windows-arm64', { os: ['win32'], cpu: ['arm64'] }],
])('reads the platform from the name %s', (name, platform) => {
  const packages = { 'node_modules/parent': { version: '1.0.0', optionalDependencies: { [name]: '1.0.0' } } };
  expect(missingPlatforms(packages)).toEqual({
    [`node_modules/${name}`]: { version: '1.0.0', optional: true, ...platform },
  });
});

it('finds packages bound to one registry', () => {
  const packages = {
    'node_modules/bound': { version: '1.0.0', resolved: 'https://registry.example/bound.tgz' },
    'node_modules/free': { version: '1.0.0' },
    'node_modules/@quarterdeck/core': { link: true, resolved: 'packages/core' },
  };
  expect(registryAddresses(packages)).toEqual(['node_modules/bound']);
});
