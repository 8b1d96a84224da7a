import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { openFixture } from './open-fixture.ts';
import { codeFiles, openSourceRepository } from './source-repository.ts';

it('lists what git knows or would add, without ignored and deleted files', () => {
  using fixture = openFixture({ '.gitignore': 'dist/\n', 'a.ts': 'a', 'dist/b.ts': 'b', 'notes.txt': '' });
  execFileSync('git', ['init', '-q'], { cwd: fixture.root });
  const repository = openSourceRepository(fixture.root);
  expect(repository.paths).toEqual(['.gitignore', 'a.ts', 'notes.txt']);
  expect(codeFiles(repository)).toEqual([{ path: 'a.ts', text: 'a' }]);
});
