import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

interface QuietRun {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
}

/** What a program prints to standard output; null when it is not there, fails or takes too long. */
export async function runQuietly({ file, args, env, timeoutMs }: QuietRun): Promise<string | null> {
  try {
    const { stdout } = await execute(file, args, { env, timeout: timeoutMs, maxBuffer: 4 * 1024 * 1024 });
    return stdout;
  } catch {
    return null;
  }
}
