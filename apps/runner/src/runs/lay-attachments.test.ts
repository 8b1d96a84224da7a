import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
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

const OBSTACLES = [
  ['a link to a folder', '.quarterdeck', 'ln -s "$OUTSIDE" "$AT"'],
  ['a link to a folder', '.quarterdeck/attachments', 'ln -s "$OUTSIDE" "$AT"'],
  ['a dangling link', '.quarterdeck', 'ln -s "$OUTSIDE/none" "$AT"'],
  ['a dangling link', '.quarterdeck/attachments', 'ln -s "$OUTSIDE/none" "$AT"'],
  ['a pipe', '.quarterdeck/attachments', 'mkfifo "$AT"'],
  ['a file', '.quarterdeck', 'echo x > "$AT"'],
  ['a link to a file', '.quarterdeck/.gitignore', 'ln -s "$OUTSIDE/secret" "$AT"'],
  ['a dangling link', '.quarterdeck/.gitignore', 'ln -s "$OUTSIDE/none" "$AT"'],
  ['a hard link', '.quarterdeck/.gitignore', 'ln "$OUTSIDE/secret" "$AT"'],
  ['a link to a file', '.quarterdeck/attachments/a.txt', 'ln -s "$OUTSIDE/secret" "$AT"'],
  [
    'a link to the very file',
    '.quarterdeck/attachments/a.txt',
    'printf one > "$OUTSIDE/same"; ln -s "$OUTSIDE/same" "$AT"',
  ],
  ['a hard link', '.quarterdeck/attachments/a.txt', 'ln "$OUTSIDE/secret" "$AT"'],
  [
    'a hard link to the very file',
    '.quarterdeck/attachments/a.txt',
    'printf one > "$OUTSIDE/same"; ln "$OUTSIDE/same" "$AT"',
  ],
  ['a pipe', '.quarterdeck/attachments/a.txt', 'mkfifo "$AT"'],
  ['a folder', '.quarterdeck/attachments/a.txt', 'mkdir -p "$AT/deep"; ln -s "$OUTSIDE" "$AT/deep/link"'],
  ['a read-only file', '.quarterdeck/attachments/a.txt', 'echo x > "$AT"; chmod 400 "$AT"'],
  ['a link among others', '.quarterdeck/attachments/other', 'ln -s "$OUTSIDE" "$AT"'],
] as const;

/** Puts something where files belong; the content of what lies outside is given back. */
async function obstruct(workspacePath: string, at: string, script: string) {
  const outside = join(workspacePath, '..', 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'secret'), 'secret');
  await mkdir(dirname(join(workspacePath, at)), { recursive: true });
  execFileSync('sh', ['-c', script], {
    env: { ...process.env, OUTSIDE: outside, AT: join(workspacePath, at) },
  });
  const look = async () =>
    Promise.all(
      (await readdir(outside)).map(async (name) => `${name} ${await readFile(join(outside, name), 'utf8')}`),
    );
  const before = await look();
  return async () => expect(await look()).toEqual(before);
}

it.each(OBSTACLES)(
  'S8: lays a file in our workspace where %s lies at %s, and touches nothing outside',
  async (_, at, script) => {
    await using site = await openSite({ f_0001: 'one' });
    const mustBeAsBefore = await obstruct(site.workspacePath, at, script);
    expect(await site.lay({ 'a.txt': 'f_0001' })).toBeNull();
    await mustBeAsBefore();
    expect(lstatSync(join(site.folder, 'a.txt'))).toMatchObject({ nlink: 1 });
    expect(lstatSync(join(site.folder, 'a.txt')).isFile()).toBe(true);
    expect(await readFile(join(site.folder, 'a.txt'), 'utf8')).toBe('one');
    expect(await readdir(site.folder)).toEqual(['a.txt']);
    expect(await readFile(join(site.folder, '../.gitignore'), 'utf8')).toBe('*\n');
    await site.lay({});
    await mustBeAsBefore();
  },
);

it.each(OBSTACLES.slice(0, 6))(
  'S8: lays nothing in a person’s own folder where %s lies at %s, and says so',
  async (_, at, script) => {
    await using site = await openSite({ f_0001: 'one' });
    const mustBeAsBefore = await obstruct(site.workspacePath, at, script);
    expect(await site.lay({ 'a.txt': 'f_0001' }, 'dir')).toMatch(/is not a folder\. Remove it/);
    await mustBeAsBefore();
  },
);
