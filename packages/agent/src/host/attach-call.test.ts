import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startRelay } from './relay.ts';

interface Seen {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A workspace, a server that accepts attachments and forwards tool calls, and the relay between them. */
async function openSite(refusal: { status: number; code: string; message: string } | null = null) {
  const folder = await mkdtemp(join(tmpdir(), 'qd-attach-'));
  const workspacePath = join(folder, 'work');
  await mkdir(workspacePath);
  const seen: Seen[] = [];
  const http = createServer(async (request, response) => {
    const { url, headers } = request;
    seen.push({ url, authorization: headers.authorization, body: await text(request) });
    const attachment = { id: 'f_0001', name: 'out.txt', size: 3 };
    response.writeHead(refusal?.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(refusal ? { error: refusal } : { attachment }));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  http.listen(0, '127.0.0.1', resolve);
  await promise;
  const serverUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const relay = await startRelay({
    serverUrl,
    token: 'secret',
    taskId: 't_0001',
    workspacePath,
    patienceMs: () => 2_000,
  });
  return {
    folder,
    workspacePath,
    seen,
    call: async (input: object) => {
      const params = { name: 'task_attach', arguments: input };
      const response = await fetch(relay.url, {
        method: 'POST',
        headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params }),
      });
      const reply = (await response.json()) as {
        result?: { isError?: boolean; content: { text: string }[] };
      };
      const { isError = false, content } = reply.result ?? { content: [] };
      return { status: response.status, reply, isError, text: content[0]?.text ?? '' };
    },
    [Symbol.asyncDispose]: async () => {
      relay.close();
      http.close();
      http.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

it('K21: an agent attaches a file of its workspace with the token of its run', async () => {
  await using site = await openSite();
  await mkdir(join(site.workspacePath, 'a'));
  await writeFile(join(site.workspacePath, 'a', 'out é.txt'), 'abc');
  const { reply } = await site.call({ path: 'a/out é.txt' });
  expect(site.seen).toEqual([
    {
      url: '/api/tasks/t_0001/attachments?name=out%20%C3%A9.txt',
      authorization: 'Bearer secret',
      body: 'abc',
    },
  ]);
  const content = [{ type: 'text', text: '{"attachmentId":"f_0001","name":"out.txt","size":3}' }];
  expect(reply).toEqual({ jsonrpc: '2.0', id: 7, result: { content } });
  await site.call({ path: join(site.workspacePath, 'a/out é.txt'), name: 'result.txt' });
  expect(site.seen[1]?.url).toBe('/api/tasks/t_0001/attachments?name=result.txt');
});

it('K21: no file outside the workspace can be attached', async () => {
  await using site = await openSite();
  const { folder, workspacePath } = site;
  await writeFile(join(folder, 'secret'), 'x');
  await mkdir(join(folder, 'work-too'));
  await writeFile(join(folder, 'work-too', 'near'), 'x');
  await symlink(join(folder, 'secret'), join(workspacePath, 'link'));
  await symlink(folder, join(workspacePath, 'up'));
  const tries = ['../secret', join(folder, 'secret'), 'link', 'up/secret', '../work-too/near', '/etc/passwd'];
  for (const path of tries) {
    const { isError, text: said } = await site.call({ path });
    expect([path, isError, said]).toEqual([
      path,
      true,
      expect.stringContaining('outside your working directory'),
    ]);
  }
  expect(site.seen).toEqual([]);
});

it('K21: what is no file, or too large a file, is refused before it is sent', async () => {
  await using site = await openSite();
  await writeFile(join(site.workspacePath, 'huge'), '');
  await truncate(join(site.workspacePath, 'huge'), 25 * 1024 * 1024 + 1);
  await mkdir(join(site.workspacePath, 'folder'));
  expect(await site.call({ path: 'huge' })).toMatchObject({
    isError: true,
    text: 'huge is larger than 25 MiB.',
  });
  expect((await site.call({ path: 'folder' })).text).toBe('folder is not a plain file.');
  expect((await site.call({ path: 'gone' })).text).toContain('There is no file gone');
  expect((await site.call({ path: '.' })).isError).toBe(true);
  expect(site.seen).toEqual([]);
});

it('K21: a refusal of the server is told to the agent', async () => {
  const message = 't_0001 has 100 attachments already. Remove some first.';
  await using site = await openSite({ status: 409, code: 'attachments_full', message });
  await writeFile(join(site.workspacePath, 'a.txt'), 'x');
  expect(await site.call({ path: 'a.txt' })).toMatchObject({ status: 200, isError: true, text: message });
});

it('K21: a run that no longer owns its task is told so as with every other tool', async () => {
  await using site = await openSite({ status: 409, code: 'run_superseded', message: 'no longer yours' });
  await writeFile(join(site.workspacePath, 'a.txt'), 'x');
  expect(await site.call({ path: 'a.txt' })).toMatchObject({ status: 409, isError: true });
});

it('K21: text under a name is carried out by the server', async () => {
  await using site = await openSite();
  await site.call({ name: 'notes.md', content: 'about task_attach' });
  expect(site.seen.map(({ url }) => url)).toEqual(['/mcp']);
});
