import { execFileSync } from 'node:child_process';
import { link, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RunId } from '@quarterdeck/contract/ids';
import { describe, expect, it } from 'vitest';
import { forgetFolder } from '../runs/forget-folder.ts';
import { runFolder } from '../runs/run-folder.ts';
import { makeTemp } from '../testing/make-temp.ts';
import { readLogTail } from './read-log-tail.ts';

const runId = RunId.parse('r_abcd');

async function writeLogs(home: string) {
  const folder = runFolder(home, runId);
  await mkdir(folder.path, { recursive: true });
  await writeFile(folder.setupLog, 'set up\n');
  await writeFile(`${folder.agentLog}.1`, 'first\nsecond\n');
  await writeFile(folder.agentLog, 'third\nfourth ü\n');
  return folder;
}

describe('readLogTail', () => {
  it('gives the set-up and both generations as one text', async () => {
    await using temp = await makeTemp();
    const { agentLog } = await writeLogs(temp.path);
    expect(await readLogTail(temp.path, { runId, tailBytes: 1000 })).toEqual({
      path: agentLog,
      exists: true,
      sizeBytes: 36,
      content: 'set up\nfirst\nsecond\nthird\nfourth ü\n',
      truncated: false,
    });
  });

  it.each([
    [18, 'third\nfourth ü\n'],
    [12, 'fourth ü\n'],
    [10, ''],
  ])('leaves out a line that is cut: %i bytes', async (tailBytes, content) => {
    await using temp = await makeTemp();
    await writeLogs(temp.path);
    expect(await readLogTail(temp.path, { runId, tailBytes })).toMatchObject({ content, truncated: true });
  });

  it('shows the end of one endless line, without half a character', async () => {
    await using temp = await makeTemp();
    const folder = runFolder(temp.path, runId);
    await mkdir(folder.path, { recursive: true });
    await writeFile(folder.agentLog, 'ü'.repeat(50));
    expect((await readLogTail(temp.path, { runId, tailBytes: 5 })).content).toBe('üü');
  });

  it('works after the run was forgotten', async () => {
    await using temp = await makeTemp();
    await forgetFolder(temp.path, await writeLogs(temp.path));
    expect(await readLogTail(temp.path, { runId, tailBytes: 12 })).toMatchObject({
      content: 'fourth ü\n',
      exists: true,
      truncated: true,
    });
  });

  it.each([
    ['a link to a file', (log: string, secret: string) => symlink(secret, log)],
    ['a hard link', (log: string, secret: string) => link(secret, log)],
    ['a link to a folder', (log: string, secret: string) => symlink(dirname(secret), log)],
    ['a dangling link', (log: string) => symlink('/nowhere', log)],
    ['a pipe', async (log: string) => void execFileSync('sh', ['-c', 'mkfifo "$0"', log])],
    ['a folder', (log: string) => mkdir(log)],
    [
      'a linked run folder',
      async (log: string, secret: string) => {
        await rm(dirname(log), { recursive: true });
        await symlink(dirname(secret), dirname(log));
      },
    ],
  ])('S8: shows and moves nothing of a person where the log is %s', async (_, plant) => {
    await using temp = await makeTemp();
    const folder = await writeLogs(temp.path);
    const secret = join(temp.path, 'outside', 'agent.log');
    await mkdir(dirname(secret));
    await writeFile(secret, 'secret');
    await rm(folder.agentLog);
    await plant(folder.agentLog, secret);
    const shown = await readLogTail(temp.path, { runId, tailBytes: 1000 });
    expect(shown.content).not.toContain('secret');
    await forgetFolder(temp.path, folder);
    const after = await readLogTail(temp.path, { runId, tailBytes: 1000 });
    expect(after.content).not.toContain('secret');
    expect(await readdir(dirname(secret))).toEqual(['agent.log']);
    expect(await readFile(secret, 'utf8')).toBe('secret');
  });

  it('says that there is none', async () => {
    await using temp = await makeTemp();
    expect(await readLogTail(temp.path, { runId, tailBytes: 10 })).toMatchObject({
      exists: false,
      sizeBytes: 0,
      content: '',
      truncated: false,
    });
  });
});
