import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RUN_MARKER } from './agent-env.ts';
import { startTestHost } from './fixtures/start-test-host.ts';
import { launchHost } from './launch.ts';

// The host was killed after it had started its agent and before it had told anyone where it listens.
it.runIf(existsSync('/proc/self/environ'))(
  'ends the agent of a host that died before it, then starts its own',
  async () => {
    const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(gone, 'exit');
    let orphanEnd: Promise<unknown[]> = Promise.resolve([]);
    await using host = await startTestHost('turn', {}, async (spec, entry) => {
      await mkdir(spec.runDir, { recursive: true });
      const dead = { pid: gone.pid, startTime: '1', socketPath: join(spec.runDir, 'host.sock') };
      await writeFile(join(spec.runDir, 'host.claim'), JSON.stringify(dead));
      const orphan = spawn(process.execPath, ['--eval', 'setInterval(() => undefined, 1000)'], {
        env: { [RUN_MARKER]: spec.order.runId },
        stdio: 'ignore',
      });
      orphanEnd = once(orphan, 'exit');
      return launchHost(spec, entry);
    });
    expect(await orphanEnd).toEqual([null, 'SIGKILL']);
    await host.connect(0);
    await host.waitForEntry('permission');
    expect((await host.journal()).filter(({ entry }) => entry.kind === 'started')).toHaveLength(1);
  },
  60_000,
);
