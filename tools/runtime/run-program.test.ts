import { expect, it } from 'vitest';
import { exitCode, runProgram } from './run-program.mjs';

it('resolves to the exit code of the program', async () => {
  expect(await runProgram([process.execPath, '-e', 'process.exit(7)'])).toBe(7);
});

it('reports a signal as shells do', () => {
  expect(exitCode(null, 'SIGTERM')).toBe(143);
  expect(exitCode(0, null)).toBe(0);
});
