import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFixture } from '../check/open-fixture.ts';
import { hashSources, isBuildCurrent, writeBuildStamp } from './build-stamp.mjs';

const FILES = { 'package.json': '{}', 'apps/cli/src/main.ts': 'a', 'apps/cli/src/main.test.ts': 'b' };

it('is current after a build, until a source changes, appears or goes', () => {
  using fixture = openFixture(FILES);
  const { root } = fixture;
  expect(isBuildCurrent(root)).toBe(false);

  writeBuildStamp(root, hashSources(root));
  expect(isBuildCurrent(root)).toBe(true);

  writeFileSync(join(root, 'apps/cli/src/main.ts'), 'changed');
  expect(isBuildCurrent(root)).toBe(false);

  writeBuildStamp(root, hashSources(root));
  writeFileSync(join(root, 'apps/cli/src/second.ts'), '');
  expect(isBuildCurrent(root)).toBe(false);

  writeBuildStamp(root, hashSources(root));
  rmSync(join(root, 'apps/cli/src/second.ts'));
  expect(isBuildCurrent(root)).toBe(false);
});

it('does not build again for a changed test', () => {
  using fixture = openFixture(FILES);
  const before = hashSources(fixture.root);
  writeFileSync(join(fixture.root, 'apps/cli/src/main.test.ts'), 'changed');
  expect(hashSources(fixture.root)).toBe(before);
});
