import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claudeProfile } from './claude.ts';
import { loadProfiles } from './load-profiles.ts';

async function load(files: Readonly<Record<string, object>>) {
  const home = await mkdtemp(join(tmpdir(), 'quarterdeck-extends-'));
  try {
    await mkdir(join(home, 'profiles'));
    for (const [id, fields] of Object.entries(files))
      await writeFile(join(home, 'profiles', `${id}.json`), JSON.stringify({ id, ...fields }));
    const { profiles, problems } = await loadProfiles({ home, demoAgentEntry: '/demo', nodePath: '/node' });
    return { problems, find: (id: string) => profiles.find((profile) => profile.id === id) };
  } finally {
    await rm(home, { recursive: true });
  }
}

it('A14: a profile that extends another has all it says, and all the other says beside', async () => {
  const { find, problems } = await load({
    mine: {
      extends: 'claude',
      name: 'Mine',
      model: 'opus',
      env: { MY_FLAG: '1' },
      passEnv: ['MY_KEY'],
      link: ['.mine'],
      options: [
        { id: 'mode', value: 'plan' },
        { id: 'fast', value: 'on' },
      ],
      detect: { signInFiles: ['.mine/auth.json'] },
    },
  });
  expect(problems).toEqual([]);
  const [mine, claude] = [find('mine'), find('claude')];
  expect(mine).toMatchObject({ id: 'mine', name: 'Mine', model: 'opus', command: 'claude-agent-acp' });
  expect(mine?.env).toEqual({ ...claudeProfile.env, MY_FLAG: '1' });
  expect(mine?.passEnv).toEqual([...claudeProfile.passEnv, 'MY_KEY']);
  expect(mine?.link).toEqual([...(claude?.link ?? []), '.mine']);
  expect(mine?.options).toEqual([
    { id: 'mode', value: 'plan' },
    { id: 'fast', value: 'on' },
  ]);
  expect(mine?.sessionMeta).toEqual(claude?.sessionMeta);
  expect(mine?.detect).toEqual({ ...claude?.detect, signInFiles: ['.mine/auth.json'] });
});

it('A14: null takes a key away, whole fields and single entries', async () => {
  const { find } = await load({
    mine: {
      extends: 'claude',
      env: { DISABLE_TELEMETRY: null },
      options: [{ id: 'mode', value: null }],
      sessionMeta: null,
      detect: { logins: null },
    },
  });
  expect(find('mine')?.env).not.toHaveProperty('DISABLE_TELEMETRY');
  expect(find('mine')).toMatchObject({ options: [], sessionMeta: {}, detect: { logins: [] } });
});

it('A14: one with the id of a built-in may extend that, and others then extend it', async () => {
  const { find, problems } = await load({
    codex: { extends: 'codex', maxConcurrentRuns: 5 },
    fast: { extends: 'codex', effort: 'low' },
  });
  expect(problems).toEqual([]);
  expect(find('codex')).toMatchObject({ name: 'Codex', maxConcurrentRuns: 5, exit: 'signal' });
  expect(find('fast')).toMatchObject({ maxConcurrentRuns: 5, effort: 'low' });
});

it.each([
  [
    'an unknown parent',
    { a: { extends: 'nobody' } },
    /a\.json.*extends "nobody", which does not exist; there are: demo, opencode/,
  ],
  ['itself without a built-in', { a: { extends: 'a' } }, /a\.json.*no built-in profile of that name/],
  ['a circle', { a: { extends: 'b' }, b: { extends: 'a' } }, /a\.json.*in a circle: a → b → a/],
  ['something that is no id', { a: { extends: ['claude'] } }, /extends must be the id of a profile/],
  [
    'a chain without end',
    Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [`p${at}`, { extends: at === 9 ? 'claude' : `p${at + 1}` }]),
    ),
    /p0\.json.*extends more than 7 profiles/,
  ],
  [
    'a bad value over a good parent',
    { a: { extends: 'claude', maxConcurrentRuns: 'many' } },
    /a\.json.*maxConcurrentRuns/,
  ],
])('A14: %s is said with the file, and stops no other profile', async (_, files, expected) => {
  const { find, problems } = await load({ ...files, fine: { extends: 'gemini' } });
  expect(problems.map(({ file, reason }) => `${file} ${reason}`).join('\n')).toMatch(expected);
  expect(find('fine')?.command).toBe('gemini');
});
