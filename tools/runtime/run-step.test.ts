import { expect, it } from 'vitest';
import { lastLines, runStep } from './run-step.mjs';

const script = (code: string) => /** @type {const} */ [process.execPath, '-e', code] as const;

it('resolves when the command ends well', async () => {
  await expect(runStep('Trying', script(''), { cwd: process.cwd() })).resolves.toBeUndefined();
});

it('refuses with the last lines of a command that fails', async () => {
  const code = 'console.log("started"); console.error("npm error network"); process.exitCode = 3';
  await expect(runStep('Installing', script(code), { cwd: process.cwd() })).rejects.toThrow(
    /^Installing failed after 0 s \(exit code 3\)[\s\S]*started\nnpm error network$/,
  );
});

it('refuses when the program does not exist', async () => {
  await expect(runStep('Trying', ['/no/such/program'], { cwd: process.cwd() })).rejects.toThrow(/ENOENT/);
});

it('keeps the last lines that are not empty', () => {
  expect(lastLines('a\n\nb\r\nc\n\n', 2)).toBe('b\nc');
});
