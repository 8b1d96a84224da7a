import { accessSync, constants } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { opencodeBinary } from './opencode-binary.ts';
import { opencodeProfile } from './opencode-profile.ts';

describe('opencodeBinary', () => {
  it('finds a program that may be run', () => {
    const path = opencodeBinary();
    expect(path).toMatch(/opencode-[^/\\]+[/\\]bin[/\\]opencode(\.exe)?$/);
    expect(() => accessSync(String(path), constants.X_OK)).not.toThrow();
  });

  it('finds none for a machine opencode is not made for', () => {
    expect(opencodeBinary('aix', 'ppc64')).toBeUndefined();
  });
});

describe('opencodeProfile', () => {
  it('points the agent at the model server and asks before it acts', () => {
    const profile = opencodeProfile({ modelUrl: 'http://127.0.0.1:4242' });
    const config = JSON.parse(profile.files['.config/opencode/opencode.json'] ?? '');
    expect(config).toMatchObject({
      permission: { bash: 'ask', edit: 'ask' },
      provider: { local: { options: { baseURL: 'http://127.0.0.1:4242/v1' } } },
    });
    expect(profile.args).toEqual(['acp']);
    expect(profile.env.XDG_DATA_HOME).toMatch(/^\$\{home\}\/\.local\/share$/);
  });
});
