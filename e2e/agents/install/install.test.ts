import { describe, expect, it } from 'vitest';
import { AGENTS } from '../agents/agents.ts';
import { readArguments } from '../read-arguments.ts';
import { cacheFolder } from './cache-folder.ts';
import { pinnedRelease, unpinnedRelease } from './pinned-agent.ts';
import { isOutOfReach } from './skip-reason.ts';

describe('the cache folder', () => {
  it.each([
    [{ HOME: '/home/ada' }, '/home/ada/.cache/quarterdeck/agents'],
    [{ HOME: '/home/ada', XDG_CACHE_HOME: '/var/cache/ada' }, '/var/cache/ada/quarterdeck/agents'],
    [{ HOME: '/home/ada', QUARTERDECK_AGENTS_CACHE: '/big/disk' }, '/big/disk'],
  ])('of %j is %s', (env, folder) => {
    expect(cacheFolder(env)).toBe(folder);
  });
});

describe('a release', () => {
  it.each(AGENTS)('of $id is pinned with every byte it brings', (agent) => {
    const { version, folder, files } = pinnedRelease(agent);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(folder).toMatch(new RegExp(`^${agent.id}-${version}-[0-9a-f]{8}$`));
    const { packages } = JSON.parse(files['package-lock.json'] ?? '{}');
    expect(packages[`node_modules/${agent.packageName}`]).toMatchObject({
      version,
      integrity: expect.stringMatching(/^sha512-/),
    });
  });

  it('that is not pinned has a folder of its own and no lockfile', () => {
    const [agent] = AGENTS;
    if (agent === undefined) throw new Error('there are no agents');
    const release = unpinnedRelease(agent, '9.9.9');
    expect(release.folder).toBe(`latest-${agent.id}-9.9.9`);
    expect(Object.keys(release.files)).toEqual(['package.json']);
  });
});

it.each([
  ['npm error code ENOTFOUND\nnpm error network request to https://registry.npmjs.org failed', true],
  ['npm error code ECONNREFUSED', true],
  ['npm error code ENOSPC', true],
  ['The agents need 1665 MB in /tmp, and 12 MB are free there. Make room.', true],
  ['npm error code EINTEGRITY\nnpm error sha512-… integrity checksum failed', false],
  ['npm error code E404', false],
  ['Codex brought no program for linux-x64', false],
])('whether %j is a reason to skip: %s', (message, skips) => {
  expect(isOutOfReach(message)).toBe(skips);
});

describe('arguments', () => {
  it('name agents and checks, and nothing else', () => {
    const wishes = readArguments(['gemini', '--check', 'main,kill', '--latest']);
    expect(wishes.agents.map(({ id }) => id)).toEqual(['gemini']);
    expect(wishes.checks.map(({ name }) => name)).toEqual(['main', 'kill']);
    expect(wishes).toMatchObject({ latest: true, list: false, write: false });
    expect(readArguments([]).agents).toHaveLength(AGENTS.length);
  });

  it.each([['nobody'], ['--check', 'nothing'], ['--fast']])('refuse %s %s with what there is', (...args) => {
    expect(() => readArguments(args)).toThrow(/There is no .* Choose from/);
  });
});
