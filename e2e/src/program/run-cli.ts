import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { PROGRAM, type Program } from './start-program.ts';

interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs the built CLI against a running program, as its owner on the same machine. */
export async function runCli(
  program: Pick<Program, 'home' | 'url'>,
  args: readonly string[],
  { env, input = '' }: CliOptions = {},
): Promise<CliOutcome> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: program.home,
      LANG: 'C.UTF-8',
      QUARTERDECK_HOME: program.home,
      QUARTERDECK_URL: program.url,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
