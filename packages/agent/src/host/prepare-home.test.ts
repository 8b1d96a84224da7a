import { mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Profile } from '@quarterdeck/contract/profile';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentEnv } from './agent-env.ts';
import { prepareHome } from './prepare-home.ts';
import type { HostSpec } from './spec.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qd-home-'));
});
afterEach(() => rm(folder, { recursive: true }));

function specOf(profile: object): HostSpec {
  const basics = { id: 'fake', name: 'Fake', initials: 'F', command: 'fake' };
  return {
    order: { runId: 'r_12345678' } as HostSpec['order'],
    profile: Profile.parse({ ...basics, ...profile }),
    workspacePath: '/work space',
    runDir: join(folder, 'run'),
    agentHome: join(folder, 'home'),
    personHome: join(folder, 'person'),
    serverUrl: 'http://127.0.0.1:9',
    leaseMs: 1000,
  };
}

describe('the home of an agent', () => {
  it('has the files of its profile, filled in and private', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a profile holds.
    const config = '[projects."${workspace}"]';
    await prepareHome(specOf({ files: { '.tool/config.toml': config, '.tool/empty/': '' } }));
    expect(await readFile(join(folder, 'home/.tool/config.toml'), 'utf8')).toBe('[projects."/work space"]');
    expect((await stat(join(folder, 'home/.tool/config.toml'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'home/.tool/empty'))).isDirectory()).toBe(true);
  });

  it('links what the person has, once, and leaves out what she has not', async () => {
    await mkdir(join(folder, 'person/.tool'), { recursive: true });
    await writeFile(join(folder, 'person/.tool/auth.json'), '{}');
    const spec = specOf({ link: ['.tool/auth.json', '.tool/none.json'] });
    await prepareHome(spec);
    await prepareHome(spec);
    expect(await readlink(join(folder, 'home/.tool/auth.json'))).toBe(join(folder, 'person/.tool/auth.json'));
    await expect(stat(join(folder, 'home/.tool/none.json'))).rejects.toThrow('ENOENT');
  });

  it.each(['../outside', '/etc/passwd', 'a/../../outside'])(
    'does not reach out of itself: %s',
    async (path) => {
      await expect(prepareHome(specOf({ files: { [path]: 'x' } }))).rejects.toThrow('not below the agent');
    },
  );
});

describe('the environment of an agent', () => {
  const outer = { PATH: '/bin', LC_ALL: 'C', HOME: '/root', AWS_SECRET: 's', API_KEY: 'k', NO_PROXY: 'corp' };

  it('holds nothing of the runner but what is allowed or asked for', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what a profile holds.
    const spec = specOf({ env: { TOOL_HOME: '${home}/.tool' }, passEnv: ['API_KEY', 'MISSING'] });
    const env = agentEnv(spec, outer);
    expect(env).toMatchObject({
      PATH: '/bin',
      LC_ALL: 'C',
      HOME: spec.agentHome,
      XDG_CONFIG_HOME: `${spec.agentHome}/.config`,
      TERM: 'dumb',
      API_KEY: 'k',
      TOOL_HOME: `${spec.agentHome}/.tool`,
      NO_PROXY: 'corp,127.0.0.1,localhost',
      QUARTERDECK_RUN: 'r_12345678',
    });
    expect(Object.keys(env)).not.toContain('AWS_SECRET');
    expect(Object.keys(env)).not.toContain('MISSING');
  });
});
