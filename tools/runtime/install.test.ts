import { expect, it } from 'vitest';
import { npmCommand } from './install.mjs';

it('uses the npm that started us, with its own Node', () => {
  const env = { npm_node_execpath: '/usr/bin/node', npm_execpath: '/usr/lib/npm/bin/npm-cli.js' };
  expect(npmCommand(env)).toEqual(['/usr/bin/node', '/usr/lib/npm/bin/npm-cli.js']);
});

it('takes npm from the PATH when started without it or by another package manager', () => {
  expect(npmCommand({})).toEqual(['npm']);
  expect(npmCommand({ npm_node_execpath: '/usr/bin/node', npm_execpath: '/opt/yarn.js' })).toEqual(['npm']);
});
