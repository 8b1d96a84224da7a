import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Check } from '../check.ts';

interface Tool {
  readonly name: string;
  /** The tool's JavaScript entry, relative to the repository. */
  readonly script: string;
  readonly args: readonly string[];
}

/** A check that is a program from npm: it holds when the program ends with 0, else its output is the problem. */
export function toolCheck({ name, script, args }: Tool): Check {
  return {
    name,
    run: async ({ root }) => {
      const { code, output } = await runTool([join(root, script), ...args], root);
      return { problems: code === 0 ? [] : [output.trim() || `ended with exit code ${code} and no output`] };
    },
  };
}

function runTool(args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}
