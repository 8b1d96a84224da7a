import { expect, it } from 'vitest';
import type { Verdict } from '../check.ts';
import { openFixture } from '../open-fixture.ts';
import { toolCheck } from './tool-check.ts';

async function runScript(script: string): Promise<Verdict> {
  using fixture = openFixture({ 'tool.mjs': script });
  const { root } = fixture;
  return await toolCheck({ name: 'tool', script: 'tool.mjs', args: ['--strict'] }).run({
    root,
    paths: [],
    read: () => '',
  });
}

it('holds when the program ends well', async () => {
  expect(await runScript('console.log("fine")')).toEqual({ problems: [] });
});

it('reports both outputs of a program that fails', async () => {
  const script = 'console.log(process.argv[2]); console.error("wrong"); process.exitCode = 2';
  expect(await runScript(script)).toEqual({ problems: ['--strict\nwrong'] });
});

it('reports a program that fails silently', async () => {
  expect(await runScript('process.exitCode = 2')).toEqual({
    problems: ['ended with exit code 2 and no output'],
  });
});
