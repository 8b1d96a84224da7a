import { expect, it } from 'vitest';
import { openFixture } from '../check/open-fixture.ts';
import { npmCommand, readInstalled } from './install.mjs';

it('uses the npm that started us, with its own Node', () => {
  const env = { npm_node_execpath: '/usr/bin/node', npm_execpath: '/usr/lib/npm/bin/npm-cli.js' };
  expect(npmCommand(env)).toEqual(['/usr/bin/node', '/usr/lib/npm/bin/npm-cli.js']);
});

it('takes npm from the PATH when started without it or by another package manager', () => {
  expect(npmCommand({})).toEqual(['npm']);
  expect(npmCommand({ npm_node_execpath: '/usr/bin/node', npm_execpath: '/opt/yarn.js' })).toEqual(['npm']);
});

it('counts only the recorded packages that are on disk', () => {
  using fixture = openFixture({
    'node_modules/.package-lock.json':
      '{"packages":{"node_modules/zod":{"version":"4.6.7"},"node_modules/vitest":{"version":"5.1.1","dev":true}}}',
    'node_modules/zod/package.json': '{}',
  });
  expect(readInstalled(fixture.root)).toEqual({ packages: { 'node_modules/zod': { version: '4.6.7' } } });
});

it('knows of nothing before the first install', () => {
  using fixture = openFixture({ 'package.json': '{}' });
  expect(readInstalled(fixture.root)).toBeUndefined();
});
