import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCli } from '../program/run-cli.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

/** A network of its own with nothing in it but loopback. */
const ALONE = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

function whyNot(): string | null {
  const [command = '', ...words] = [...ALONE, process.execPath, '--version'];
  const tried = spawnSync(command, words, { encoding: 'utf8' });
  if (tried.status === 0) return null;
  return `a network namespace cannot be made here: ${tried.error?.message ?? tried.stderr.trim()}`;
}

const reason = whyNot();
if (reason !== null) console.warn(`offline.test.ts is skipped: ${reason}`);

describe.skipIf(reason !== null)('without any network', () => {
  it('the program starts and works the demo to its end', async () => {
    const env = { QUARTERDECK_DEMO_SPEED: '0.1' };
    await using program = await startProgram({ prefix: ALONE, env });
    const inside = await insideOf(program);
    let last: Sight | undefined;
    await waitUntil(
      'the demo to be done',
      async () => {
        last = await look(program, inside);
        const { approvals, tasks } = last;
        for (const { id } of approvals) await runCli(program, ['approval', 'allow', id], { prefix: inside });
        return (
          tasks.length === 6 && tasks.every((task) => task.status === 'done' || task.status === 'review')
        );
      },
      {
        timeoutMs: 90_000,
        everyMs: 1000,
        explain: () => `${JSON.stringify(last, null, 1)}\n${program.output()}`,
      },
    );
    expect(program.output()).not.toMatch(/ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED|fetch failed/);
  });
});

/** Command words that run a program in the network of the server. */
async function insideOf(program: Program): Promise<string[]> {
  const pid = await program.pidOf('server');
  return ['nsenter', '--target', String(pid), '--user', '--net', '--preserve-credentials'];
}

interface Sight {
  readonly approvals: readonly { readonly id: string }[];
  readonly tasks: readonly { readonly status: string }[];
}

async function look(program: Program, prefix: readonly string[]): Promise<Sight> {
  const [list, board] = await Promise.all([
    runCli(program, ['approval', 'list', '--json'], { prefix }),
    runCli(program, ['task', 'list', '--json'], { prefix }),
  ]);
  expect(board.stderr).toBe('');
  return { approvals: JSON.parse(list.stdout).proposals, tasks: JSON.parse(board.stdout).tasks };
}
