import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AttachmentId } from '@quarterdeck/contract/ids';
import type { WorkspaceKind } from '@quarterdeck/contract/status';
import { expect, it } from 'vitest';
import { makeTemp } from '../testing/make-temp.ts';
import { layAttachments } from './lay-attachments.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A workspace and a server with files by id, which fails the first `failures` requests. */
async function openSite(files: Readonly<Record<string, string>>, failures = 0) {
  const temp = await makeTemp();
  const workspacePath = join(temp.path, 'work');
  await mkdir(workspacePath);
  const asked: string[] = [];
  const http = createServer((request, response) => {
    asked.push(`${request.headers.authorization} ${request.url}`);
    const content = files[request.url?.split('/').at(-1) ?? ''];
    if (asked.length <= failures) response.writeHead(503).end();
    else if (content === undefined) response.writeHead(404).end();
    else response.end(content);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  http.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = http.address() as AddressInfo;
  const lay = (
    names: Readonly<Record<string, string>>,
    kind: WorkspaceKind = 'worktree',
    patienceMs = 5_000,
  ) =>
    layAttachments({
      workspacePath,
      order: {
        workspace: { kind, path: null, branch: null, startFrom: [], base: null, head: null },
        attachments: Object.entries(names).map(([name, id]) => {
          const content = files[id] ?? '';
          return { id: AttachmentId.parse(id), name, size: content.length, sha256: sha256(content) };
        }),
      },
      source: {
        serverUrl: `http://127.0.0.1:${port}`,
        readToken: async () => 'runner-token',
        signal: new AbortController().signal,
        patienceMs,
      },
    });
  return {
    workspacePath,
    folder: join(workspacePath, '.quarterdeck', 'attachments'),
    asked,
    lay,
    [Symbol.asyncDispose]: async () => {
      http.close();
      http.closeAllConnections();
      await temp[Symbol.asyncDispose]();
    },
  };
}

it('K21: lays the files of a task where git does not see them, with the runner’s token', async () => {
  await using site = await openSite({ f_0001: 'a picture', f_0002: 'a plan' });
  execFileSync('git', ['init', '--quiet'], { cwd: site.workspacePath });
  expect(await site.lay({ 'shot.png': 'f_0001', 'plan.md': 'f_0002' })).toBeNull();
  expect(await readFile(join(site.folder, 'shot.png'), 'utf8')).toBe('a picture');
  expect((await readdir(site.folder)).toSorted()).toEqual(['plan.md', 'shot.png']);
  expect(site.asked[0]).toBe('Bearer runner-token /api/attachments/f_0001');
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
    cwd: site.workspacePath,
  });
  expect(String(status)).toBe('');
});

it('K21: fetches only what is missing or changed, and takes away what is no longer attached', async () => {
  await using site = await openSite({ f_0001: 'one', f_0002: 'two' });
  await site.lay({ 'a.txt': 'f_0001', 'b.txt': 'f_0002' });
  await writeFile(join(site.folder, 'b.txt'), 'spoilt');
  expect(await site.lay({ 'a.txt': 'f_0001', 'b.txt': 'f_0002' })).toBeNull();
  expect(site.asked).toHaveLength(3);
  expect(await readFile(join(site.folder, 'b.txt'), 'utf8')).toBe('two');
  expect(await site.lay({ 'b.txt': 'f_0002' })).toBeNull();
  expect(await readdir(site.folder)).toEqual(['b.txt']);
  expect(await site.lay({})).toBeNull();
  expect(await readdir(site.folder)).toEqual([]);
});

it('K21: leaves the files of other tasks in a person’s own folder, and makes no folder for nothing', async () => {
  await using site = await openSite({ f_0001: 'one', f_0002: 'two' });
  expect(await site.lay({}, 'dir')).toBeNull();
  expect(existsSync(join(site.workspacePath, '.quarterdeck'))).toBe(false);
  await site.lay({ 'a.txt': 'f_0001' }, 'dir');
  await site.lay({ 'b.txt': 'f_0002' }, 'dir');
  expect((await readdir(site.folder)).toSorted()).toEqual(['a.txt', 'b.txt']);
});

it('K21: waits for a server that is away', async () => {
  await using site = await openSite({ f_0001: 'one' }, 2);
  expect(await site.lay({ 'a.txt': 'f_0001' })).toBeNull();
  expect(site.asked).toHaveLength(3);
});

it('K21: says which file failed and why', async () => {
  await using site = await openSite({});
  expect(await site.lay({ 'gone.txt': 'f_0009' })).toMatch(/"gone.txt" could not be fetched \(.*404\)/);
  expect(await readdir(site.folder)).toEqual([]);
});

it.each(['.quarterdeck', '.quarterdeck/attachments'])(
  'K21: writes nothing through a link at %s',
  async (at) => {
    await using site = await openSite({ f_0001: 'one' });
    const outside = join(site.workspacePath, '..', 'outside');
    await mkdir(outside);
    if (at.includes('/')) await mkdir(join(site.workspacePath, '.quarterdeck'));
    await symlink(outside, join(site.workspacePath, at));
    expect(await site.lay({ 'a.txt': 'f_0001' })).toMatch(/is not a folder\. Remove it/);
    expect(await readdir(outside)).toEqual([]);
  },
);
