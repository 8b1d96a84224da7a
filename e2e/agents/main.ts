// `npm run test:agents`: brings the real agents, then runs the matrix without any network but loopback.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Refusal, runMain } from '../../tools/runtime/refusal.mjs';
import { runProgram } from '../../tools/runtime/run-program.mjs';
import { cacheFolder } from './install/cache-folder.ts';
import { gatherAgents } from './install/gather-agents.ts';
import { pinnedRelease } from './install/pinned-agent.ts';
import { isOutOfReach } from './install/skip-reason.ts';
import { readArguments, type Wishes } from './read-arguments.ts';
import { close } from './report/closing-line.ts';

type Command = readonly [string, ...string[]];

await runMain(async () => {
  const args = process.argv.slice(2);
  const wishes = readArguments(args);
  if (wishes.list) return list(wishes);
  try {
    const agents = await gatherAgents(wishes.agents, { cache: cacheFolder(process.env), ...wishes });
    const env = { ...process.env, QUARTERDECK_GATHERED: JSON.stringify(agents) };
    const matrix = join(import.meta.dirname, 'run-matrix.ts');
    return await runProgram(isolated([process.execPath, matrix, ...args]), { env });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return skipOrFail(wishes, error);
  }
});

function list({ agents, checks }: Wishes): number {
  for (const agent of agents)
    console.log(`${agent.id.padEnd(10)} ${agent.packageName}@${pinnedRelease(agent).version}`);
  console.log();
  for (const { name, demands } of checks) console.log(`${name.padEnd(18)} ${demands}`);
  return 0;
}

/** Without a registry or room on the disk there is nothing to test with; any other failure is one. */
function skipOrFail({ agents, checks }: Wishes, { message }: Refusal): number {
  console.error(`\n${message}\n`);
  if (!isOutOfReach(message)) {
    close([{ verdict: 'failed' }]);
    return 1;
  }
  console.log('SKIPPED: the agents are not here and could not be brought; the reason stands above.');
  close(agents.flatMap(() => checks.map(() => ({ verdict: 'skipped' }))));
  return 0;
}

/** The command in a network of its own with nothing in it but loopback, where this machine can make one. */
function isolated(command: Command): Command {
  const own = process.getuid?.() === 0 ? '-n' : '-rn';
  const words = [own, 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  if (spawnSync('unshare', [...words, 'true'], { stdio: 'ignore' }).status === 0)
    return ['unshare', ...words, ...command];
  console.log('A network namespace cannot be made here, so nothing keeps the agents from the network.');
  return command;
}
