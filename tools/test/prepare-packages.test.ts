import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFixture } from '../check/open-fixture.ts';
import { hasItsLinks } from './prepare-packages.mjs';

it('sees whether the links that npm cannot pack are there', () => {
  using fixture = openFixture({
    'native/pg-symlinks.json': '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]',
    'native/lib/libpq.so.5.18': '',
  });
  expect(hasItsLinks(fixture.root)).toBe(false);
  symlinkSync('libpq.so.5.18', join(fixture.root, 'native/lib/libpq.so.5'));
  expect(hasItsLinks(fixture.root)).toBe(true);
});

it('wants nothing from a package without a list of links', () => {
  using fixture = openFixture({ 'package.json': '{}' });
  expect(hasItsLinks(fixture.root)).toBe(true);
});
