import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The oldest Node the program runs on: below it the database driver ends the process without a word. */
export const LEAST_NODE = [22, 14] as const;

/** Whether a version such as `20.20.2` is new enough. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
}

/** The Node that came with the program's packages, when this one is too old and there is one; else null. */
export function findNewerNode(machine: {
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  /** Folder of the built program, beside `node_modules`. */
  readonly programFolder: string;
}): string | null {
  if (isNewEnough(machine.version)) return null;
  const name = `node-${machine.platform}-${machine.arch}`;
  const path = join(machine.programFolder, '..', 'node_modules', name, 'bin', 'node');
  return existsSync(path) ? path : null;
}

/** Runs the same command line under another Node, in our place: same terminal, signals passed on. Resolves to its exit code. */
export function runUnder(node: string): Promise<number> {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // The terminal sends its interrupt to both of us; only the child decides what it means.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
