import { expect, it } from 'vitest';
import { runStep, tellingLines } from './run-step.mjs';

const script = (code: string) => [process.execPath, '-e', code] as const;

it('resolves when the command ends well', async () => {
  await expect(runStep('Trying', script(''), { cwd: process.cwd() })).resolves.toBeUndefined();
});

it('refuses with what a command said that fails', async () => {
  const code = 'console.log("started"); console.error("npm error network"); process.exitCode = 3';
  await expect(runStep('Installing', script(code), { cwd: process.cwd() })).rejects.toThrow(
    /^Installing failed after 0 s \(exit code 3\)[\s\S]*started\nnpm error network$/,
  );
});

it('refuses when the program does not exist', async () => {
  await expect(runStep('Trying', ['/no/such/program'], { cwd: process.cwd() })).rejects.toThrow(/ENOENT/);
});

it('keeps both ends of a long output, without blank lines and warnings', () => {
  const output = 'npm warn old\ncause\n\nmore\r\nhelp\nhelp\nend\nlog at x\n';
  expect(tellingLines(output, 4)).toBe('cause\nmore\n…\nend\nlog at x');
  expect(tellingLines(output, 6)).toBe('cause\nmore\nhelp\nhelp\nend\nlog at x');
});
