import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTemp } from '../testing/make-temp.ts';
import { recallAgents, rememberAgents } from './agent-memory.ts';

const AGENT = {
  profile: 'demo',
  name: 'Demo',
  initials: 'D',
  description: '',
  isInstalled: true,
  isSignedIn: true,
  login: 'present' as const,
  version: null,
  remedy: null,
  warnings: [],
  maxConcurrentRuns: 2,
  maxRuntimeMs: 1000,
};

it('recalls what was remembered, as long as it is young and can be read', async () => {
  await using temp = await makeTemp();
  expect(await recallAgents(temp.path, 60_000)).toBeNull();
  await rememberAgents(temp.path, [AGENT]);
  expect(await recallAgents(temp.path, 60_000)).toEqual([AGENT]);
  const file = join(temp.path, 'agents.json');
  const before = new Date(Date.now() - 61_000);
  await utimes(file, before, before);
  expect(await recallAgents(temp.path, 60_000)).toBeNull();
  await writeFile(file, '[{');
  expect(await recallAgents(temp.path, 60_000)).toBeNull();
});
