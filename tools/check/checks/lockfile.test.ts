import { expect, it } from 'vitest';
import { judgeLockfile } from './lockfile.ts';

it('reports a missing platform and an address of a registry', () => {
  const packages = {
    'node_modules/tool': { version: '1.0.0', optionalDependencies: { 'tool-darwin-arm64': '1.0.0' } },
    'node_modules/bound': { version: '1.0.0', resolved: 'https://registry.example/bound.tgz' },
  };
  expect(judgeLockfile(JSON.stringify({ packages }))).toEqual([
    expect.stringMatching(/^node_modules\/bound is bound/),
    expect.stringMatching(/^node_modules\/tool-darwin-arm64 is missing/),
  ]);
});

it('holds for a complete lockfile', () => {
  expect(judgeLockfile(JSON.stringify({ packages: { 'node_modules/zod': { version: '4.6.7' } } }))).toEqual(
    [],
  );
});
