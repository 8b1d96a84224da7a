// Nothing that a runner starts has the secrets of the owner, the server or the runner itself in its environment.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIdentity } from '@quarterdeck/agent/host/identity';
import { listRunProcesses } from '@quarterdeck/agent/host/run-processes';
import { temporaryRepository } from '@quarterdeck/agent/workspace/temporary-repository';
import { expect, it } from 'vitest';
import { FAKE_TOKEN } from './testing/fake-server.ts';
import { openBench } from './testing/runner-bench.ts';
import { until } from './testing/until.ts';

const SECRETS = {
  QUARTERDECK_TOKEN: 'the-owners-own-token',
  QUARTERDECK_DATABASE_URL: 'postgres://quarterdeck:secret-of-the-database@localhost/q',
  QUARTERDECK_SOMETHING_NEW: 'a-secret-nobody-thought-of',
};

it.runIf(process.platform === 'linux')(
  'S1: git, detection, setup command, host and agent are started without the owner’s secrets',
  async () => {
    await using bench = await openBench();
    await using repository = await temporaryRepository({ 'a.txt': 'a' });
    const dump = (name: string) => `env > "${join(bench.home, 'dump')}-${name}-$$"`;
    const bin = join(bench.home, 'bin');
    const program = (name: string, rest: string) =>
      writeFile(join(bin, name), `#!/bin/sh\n${dump(name)}\n${rest}\n`, { mode: 0o755 });
    await mkdir(bin);
    await program('git', 'exec /usr/bin/git "$@"');
    await program('detected', 'echo 1.2.3');
    const detected = { id: 'detected', name: 'D', initials: 'D', command: 'detected' };
    await writeFile(join(bench.home, 'profiles', 'detected.json'), JSON.stringify(detected));
    bench.startRunner({ PATH: `${bin}:${process.env['PATH']}`, ...SECRETS });
    const order = bench.order('steps=1 hang');
    const project = {
      ...order.project,
      path: repository.path,
      kind: 'git' as const,
      baseBranch: 'main',
      setupCommand: dump('setup'),
    };
    const workspace = { ...order.workspace, kind: 'worktree' as const, path: null };
    const gitOrder = { ...order, project, workspace };
    await bench.start(gitOrder);
    await bench.untilLines(gitOrder, 3);
    const dumps = await until('every program to have run', async () => {
      const names = (await readdir(bench.home)).filter((name) => name.startsWith('dump-'));
      const kinds = new Set(names.map((name) => name.split('-')[1]));
      return kinds.size === 3 ? names : null;
    });
    const host = await readIdentity(bench.runDir(gitOrder));
    const pids = [host?.pid ?? 0, ...(await listRunProcesses(gitOrder.runId))];
    expect(pids.length).toBeGreaterThan(1);
    const files = [
      ...dumps.map((name) => join(bench.home, name)),
      ...pids.map((pid) => `/proc/${pid}/environ`),
    ];
    for (const file of files) {
      const text = await readFile(file, 'utf8');
      expect(text).toContain('PATH=');
      for (const secret of [...Object.values(SECRETS), FAKE_TOKEN])
        expect({ file, has: text.includes(secret) }).toEqual({ file, has: false });
    }
  },
);
