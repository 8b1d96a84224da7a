import { Profile } from '@quarterdeck/contract/profile';
import { describe, expect, it } from 'vitest';
import { agentEnv } from './agent-env.ts';
import type { HostSpec } from './spec.ts';

function specOf(profile: object): HostSpec {
  const basics = { id: 'fake', name: 'Fake', initials: 'F', command: 'fake' };
  return {
    order: { runId: 'r_12345678' } as HostSpec['order'],
    profile: Profile.parse({ ...basics, ...profile }),
    workspacePath: '/work space',
    runDir: '/run',
    agentHome: '/agent/home',
    personHome: '/person',
    serverUrl: 'http://127.0.0.1:9',
    leaseMs: 1000,
  };
}

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
