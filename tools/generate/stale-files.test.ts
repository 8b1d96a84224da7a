import { expect, it } from 'vitest';
import { openFixture } from '../check/open-fixture.ts';
import { findStaleFiles } from './stale-files.ts';

it('finds files that are missing or differ from what is generated now', async () => {
  using fixture = openFixture({ 'docs/current.md': 'now', 'docs/old.md': 'then' });
  const generators = ['docs/current.md', 'docs/old.md', 'docs/missing.md'].map((output) => ({
    output,
    render: () => 'now',
  }));
  expect(await findStaleFiles(fixture.root, generators)).toEqual(['docs/old.md', 'docs/missing.md']);
});
