import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadProfiles } from './load-profiles.ts';

it('A14: every profile in docs/profiles.md can be used as it stands there', async () => {
  const page = await readFile(new URL('../../../../docs/profiles.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text));
  const home = await mkdtemp(join(tmpdir(), 'quarterdeck-docs-'));
  await mkdir(join(home, 'profiles'));
  for (const example of examples)
    await writeFile(join(home, 'profiles', `${example.id}.json`), JSON.stringify(example));
  const { profiles, problems } = await loadProfiles({ home, demoAgentEntry: '/demo', nodePath: '/node' });
  await rm(home, { recursive: true });
  expect(problems).toEqual([]);
  expect(examples.length).toBeGreaterThanOrEqual(3);
  expect(profiles.map(({ id }) => id)).toEqual(expect.arrayContaining(examples.map(({ id }) => id)));
});

it('opencode 2 is there as data, without the side channel of the first, and says that nobody has run it', async () => {
  const { profiles } = await loadProfiles({ home: '/nowhere', demoAgentEntry: '/demo', nodePath: '/node' });
  expect(profiles.find(({ id }) => id === 'opencode2')).toMatchObject({
    quirks: { sideChannel: null, permissions: null },
    detect: { isUntried: true },
    description: expect.stringContaining('not run here'),
  });
});
