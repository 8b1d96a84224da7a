import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createFixtureTerminal } from '../../testing/fixture-terminal.ts';

const MIB = 1024 * 1024;

/** A server that keeps what is attached, a folder with files, and a terminal. */
async function openSite(isTTY = false) {
  const folder = await mkdtemp(join(tmpdir(), 'qd-cli-files-'));
  const kept: { url: string | undefined; content: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.setHeader(
        'Content-Disposition',
        `attachment; filename="p_n.txt"; filename*=UTF-8''pl%C3%A4n.txt`,
      );
      response.end('the plan');
      return;
    }
    const content = await buffer(request);
    kept.push({ url: request.url, content });
    const name = new URL(request.url ?? '', 'http://x').searchParams.get('name');
    const attachment = { id: 'f_00000001', name, size: content.length, createdBy: 'mia', createdAt: 1 };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ attachment }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const terminal = createFixtureTerminal({ env: { QUARTERDECK_URL: url }, isTTY });
  return {
    ...terminal,
    kept,
    at: (name: string) => join(folder, name),
    write: async (name: string, content: string | Buffer) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    files: () => readdir(folder),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

it('K21: attaches files, also those with spaces in their names', async () => {
  await using site = await openSite();
  const paths = [await site.write('a plan.txt', 'one'), await site.write('shot.png', 'two')];
  expect(await site.run('task', 'attach', 't_77aa0001', ...paths, '--json')).toBe(0);
  expect(site.kept.map(({ url, content }) => `${url} ${content}`)).toEqual([
    '/api/tasks/t_77aa0001/attachments?name=a%20plan.txt one',
    '/api/tasks/t_77aa0001/attachments?name=shot.png two',
  ]);
  const { attachments } = JSON.parse(site.written.out) as { attachments: { name: string }[] };
  expect(attachments.map(({ name }) => name)).toEqual(['a plan.txt', 'shot.png']);
  expect(site.written.err).toBe('');
});

it('K21: shows how far a large file is, on a terminal', async () => {
  await using site = await openSite(true);
  const path = await site.write('large.bin', Buffer.alloc(3 * MIB));
  expect(await site.run('task', 'attach', 't_77aa0001', path)).toBe(0);
  expect(site.written.err).toContain('100 % of 3.0 MiB');
  expect(site.written.out).toContain('large.bin');
});

it('K21: refuses what is no file or too large before anything is sent of it', async () => {
  await using site = await openSite();
  const huge = await site.write('huge.bin', '');
  await truncate(huge, 25 * MIB + 1);
  for (const path of [huge, site.at('gone.txt'), site.at('.')])
    expect(await site.run('task', 'attach', 't_77aa0001', path)).toBe(2);
  const sound = await site.write('sound.txt', 'x');
  expect(await site.run('task', 'attach', 't_77aa0001', sound, site.at('gone.txt'))).toBe(2);
  expect(site.written.err).toMatch(/larger than 25 MiB[\s\S]*no file[\s\S]*is not a file/);
  expect(site.kept).toEqual([]);
});

it('K21: saves an attachment under its own name in a folder, once, or under a given one', async () => {
  await using site = await openSite();
  expect(await site.run('attachment', 'get', 'f_00000001', '-o', site.at('.'))).toBe(0);
  expect(await readFile(site.at('plän.txt'), 'utf8')).toBe('the plan');
  expect(await site.run('attachment', 'get', 'f_00000001', '-o', site.at('.'))).toBe(2);
  expect(site.written.err).toContain('is there already');
  expect(await site.run('attachment', 'get', 'f_00000001', '-o', site.at('plän.txt'))).toBe(0);
  expect(await site.files()).toEqual(['plän.txt']);
});
