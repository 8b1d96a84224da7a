import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Profile } from '@quarterdeck/contract/profile';
import { agentEnv } from '../../host/agent-env.ts';
import type { HostSpec } from '../../host/spec.ts';
import { prepareHome } from '../prepare-home.ts';

type Env = Readonly<Record<string, string>>;

/** A person with these files in their home, and an agent's home beside it. */
export async function openHomes(files: Readonly<Record<string, string>> = {}, name = 'ada') {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'qd-home-')));
  const person = join(root, name);
  const agent = join(root, 'homes', 't_1-fake');
  await mkdir(person);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(person, path)), { recursive: true });
    await writeFile(join(person, path), content);
  }
  const prepare = async (profile: object = {}, env: Env = {}) => {
    const parsed = Profile.parse({ id: 'fake', name: 'Fake', initials: 'F', command: 'fake', ...profile });
    const spec = { profile: parsed, agentHome: agent, order: { runId: 'r_12345678' } } as HostSpec;
    const prepared = await prepareHome({
      agentHome: agent,
      person: { home: person, env: { ...env } },
      profile: parsed,
      fillIn: (text) => text.replace('WORKSPACE', '/work space'),
    });
    const path = { PATH: process.env['PATH'] };
    return { ...prepared, env: { ...agentEnv(spec, { ...path, ...env }), ...prepared.env } };
  };
  /** Everything below a folder with its kind, mode and content, to see whether anything changed. */
  const snapshot = (folder: string = person) =>
    execFileSync(
      'sh',
      ['-c', 'find . -printf "%p %y %m %l\\n" | sort; find . -type f -exec sha256sum {} + | sort'],
      { cwd: folder, encoding: 'utf8' },
    );
  return {
    root,
    person,
    agent,
    prepare,
    snapshot,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
