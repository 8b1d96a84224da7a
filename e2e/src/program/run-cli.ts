import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROGRAM, type Program } from './start-program.ts';

interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Presses Ctrl-C as soon as this is true of what was printed. */
  readonly interruptWhen?: (stdout: string) => boolean;
  /** Command words put before the program. */
  readonly prefix?: readonly string[];
}

/** Runs the built CLI against a running program, as its owner on the same machine. */
export async function runCli(
  program: Pick<Program, 'home' | 'url'>,
  args: readonly string[],
  { env, interruptWhen, prefix = [] }: CliOptions = {},
): Promise<CliOutcome> {
  const [command = '', ...words] = [...prefix, process.execPath, PROGRAM, ...args];
  const child = spawn(command, words, {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: program.home,
      LANG: 'C.UTF-8',
      QUARTERDECK_HOME: program.home,
      QUARTERDECK_URL: program.url,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  let isInterrupted = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
      if (isInterrupted || !interruptWhen?.(printed.stdout)) return;
      isInterrupted = true;
      child.kill('SIGINT');
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...printed };
}
