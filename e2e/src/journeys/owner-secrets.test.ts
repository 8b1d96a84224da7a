import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cardsOf } from '../program/board-view.ts';
import { childrenOf, processesOfRun } from '../program/processes.ts';
import { startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

const SECRETS = {
  QUARTERDECK_TOKEN: 'owner-token-of-this-very-test',
  QUARTERDECK_RUNNER_TOKEN: 'runner-token-of-this-very-test',
};

/** A process and all below it. */
async function family(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  return [pid, ...(await Promise.all(children.map((child) => family(child.pid)))).flat()];
}

it('S1: the runner of a real `up`, all below it and its agents never have the owner’s token', async () => {
  await using program = await startProgram({ env: { ...SECRETS, QUARTERDECK_DEMO_SPEED: '0.2' } });
  const runner = await program.pidOf('runner');
  const runId = await waitUntil('a run', async () => {
    await cardsOf(program.client);
    const runs = (await program.events()).filter(({ kind }) => kind === 'run.started');
    return runs[0]?.runId ?? undefined;
  });
  const agents = await waitUntil('its agent', async () => {
    const pids = await processesOfRun(runId);
    return pids.length > 0 ? pids : undefined;
  });
  const hosts = (await childrenOf(1)).filter(({ command }) => command.includes(program.home));
  const pids = [...(await family(runner)), ...agents, ...hosts.map(({ pid }) => pid)];
  for (const pid of pids) {
    const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    for (const secret of Object.values(SECRETS))
      expect({ pid, has: environ.includes(secret) }).toEqual({ pid, has: false });
  }
  expect(await readFile(`/proc/${runner}/environ`, 'utf8')).toContain('QUARTERDECK_HOME=');
});
