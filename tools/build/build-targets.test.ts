import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { openFixture } from '../check/open-fixture.ts';
import { bundleOptions, selectTargets, TARGETS } from './build-targets.mjs';

const CLI = {
  name: 'cli',
  entry: 'apps/cli/src/main.ts',
  output: 'dist/quarterdeck.mjs',
  isExecutable: true,
};

it('names the entry that does not exist', () => {
  using fixture = openFixture({ 'apps/server/src/main.ts': '' });
  expect(() => selectTargets(['--only', 'server,cli'], fixture.root)).toThrow(
    'apps/cli/src/main.ts does not exist',
  );
});

it('selects a part with --only and everything without', () => {
  using fixture = openFixture(Object.fromEntries(TARGETS.map(({ entry }) => [entry, ''])));
  const names = (args: readonly string[]) => selectTargets(args, fixture.root).map(({ name }) => name);
  expect(names(['--only', 'server,cli'])).toEqual(['cli', 'server']);
  expect(names(['--only=web'])).toEqual(['web']);
  expect(names([])).toHaveLength(TARGETS.length);
});

it('refuses a target that is none', () => {
  using fixture = openFixture({});
  expect(() => selectTargets(['--only', 'serverr'], fixture.root)).toThrow('no build target serverr');
});

it.each(['', '#!/usr/bin/env node\n'])(
  'makes a program that runs, also with CommonJS packages inside (%j)',
  async (shebang) => {
    const main = `${shebang}import { join } from './old.cjs'; const kept: string = join('a', 'b'); console.log(kept);`;
    const old = "const path = require('node:path'); exports.join = path.join; exports.here = __dirname;";
    using fixture = openFixture({ 'apps/cli/src/main.ts': main, 'apps/cli/src/old.cjs': old });
    await build(bundleOptions(CLI, fixture.root));
    const ended = spawnSync(process.execPath, [join(fixture.root, CLI.output)], { encoding: 'utf8' });
    expect(ended).toMatchObject({ status: 0, stdout: 'a/b\n' });
  },
);
