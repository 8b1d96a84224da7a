import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Attachment } from '@quarterdeck/contract/attachment';
import type { Principal } from '@quarterdeck/contract/identity';
import { showTask, sweepAttachments } from '@quarterdeck/core/board';
import { okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { describe, expect, it } from 'vitest';
import { agentTools } from '../agent-tools.ts';
import { openAttachmentFiles } from '../attachments/attachment-files.ts';
import { createFakeBoard } from '../http/testing/fake-handlers.ts';
import { createMemoryLog } from '../http/testing/memory-log.ts';
import { startTestServer } from '../http/testing/start-test-server.ts';
import { createSecrets } from '../secrets.ts';
import { attachmentRoutes } from './attachment-routes.ts';

const MIB = 1024 * 1024;
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** A server with a real board, whose attachments lie in a folder of their own. */
async function openSite() {
  const home = await mkdtemp(join(tmpdir(), 'qd-files-'));
  const board = await openTestBoard('sqlite');
  const attachmentFiles = await openAttachmentFiles(home, { sweepBefore: Number.MAX_VALUE });
  const deps = { ...board, attachmentFiles };
  const { handlers } = createFakeBoard(createMemoryLog());
  const server = await startTestServer({ handlers: { ...handlers, ...attachmentRoutes(deps) } });
  const ask = (path: string, { method = 'GET', secret = 'owner-secret', body }: Ask = {}) =>
    fetch(`${server.url}/api${path}`, {
      method,
      headers: { Authorization: `Bearer ${secret}` },
      ...(body === undefined ? {} : { body: body as BodyInit, duplex: 'half' }),
    });
  const attach = (taskId: string, name: string, body: Ask['body'], secret?: string) =>
    ask(`/tasks/${taskId}/attachments?name=${encodeURIComponent(name)}`, { method: 'POST', body, secret });
  return {
    home,
    board,
    deps,
    server,
    ask,
    attach,
    attached: async (taskId: string, name: string, body: Ask['body']) => {
      const response = await attach(taskId, name, body);
      expect(response.status).toBe(200);
      return ((await response.json()) as { attachment: Attachment }).attachment;
    },
    known: (secret: string, principal: Principal) => server.secrets.set(secret, principal),
    files: () => readdir(join(home, 'attachments')),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await board[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

interface Ask {
  readonly method?: string;
  readonly secret?: string | undefined;
  readonly body?: string | Buffer | ReadableStream | undefined;
}

describe('K21: files of a task', () => {
  it('come back byte for byte, under a safe name, and are counted', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const content = Buffer.from([0, 255, 13, 10, 128, 1]);
    const file = await site.attached(task.id, '../evil/dump.bin', content);
    expect(file).toMatchObject({
      taskId: task.id,
      name: 'dump.bin',
      size: 6,
      sha256: sha256(content),
      createdBy: 'ada',
      runId: null,
    });
    const response = await site.ask(`/attachments/${file.id}?inline=true`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
    const header = (name: string) => response.headers.get(name);
    expect(header('content-type')).toBe('application/octet-stream');
    expect(header('content-disposition')).toBe(`attachment; filename="dump.bin"; filename*=UTF-8''dump.bin`);
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toContain('sandbox');
    const deps = { ...site.board, explainTask: async () => [], diagnoseTask: async () => [] };
    const shown = okValue(await showTask(deps, task.id));
    expect(shown.attachments).toEqual([file]);
    expect(shown.task.attachmentCount).toBe(1);
    expect(site.board.takeKinds()).toContain('task.attached');
  });

  it('show pictures and text where asked, and nothing else', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const sent = async (name: string, query: string) => {
      const { id } = await site.attached(task.id, name, `content of ${name}`);
      const { headers } = await site.ask(`/attachments/${id}${query}`);
      return [headers.get('content-type'), headers.get('content-disposition')?.split(';')[0]];
    };
    expect(await sent('a.png', '?inline=true')).toEqual(['image/png', 'inline']);
    expect(await sent('b.png', '')).toEqual(['image/png', 'attachment']);
    expect(await sent('c.md', '?inline=true')).toEqual(['text/plain; charset=utf-8', 'inline']);
    for (const name of ['d.svg', 'e.html', 'f.pdf'])
      expect(await sent(name, '?inline=true')).toEqual(['application/octet-stream', 'attachment']);
  });

  it('are not sent again to who has them', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const { id } = await site.attached(task.id, 'ünicode "x".txt', 'x');
    const first = await site.ask(`/attachments/${id}`);
    expect(first.headers.get('content-disposition')).toBe(
      `attachment; filename="_nicode _x_.txt"; filename*=UTF-8''%C3%BCnicode%20_x_.txt`,
    );
    const again = await fetch(first.url, {
      headers: { Authorization: 'Bearer owner-secret', 'If-None-Match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('are attached once however often they are sent, and get a number when they differ', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const [one, same] = await Promise.all(['x', 'x'].map((body) => site.attached(task.id, 'a.txt', body)));
    expect(same?.id).toBe(one?.id);
    const other = await site.attached(task.id, 'a.txt', 'y');
    expect(other.name).toBe('a (2).txt');
    expect((await site.attached(task.id, 'a.txt', 'y')).id).toBe(other.id);
    expect(await site.files()).toHaveLength(2);
  });

  it('are at most 100', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    for (let count = 0; count < 100; count += 1) await site.attached(task.id, `${count}.txt`, String(count));
    const response = await site.attach(task.id, 'one-more.txt', 'x');
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: 'attachments_full' } });
    expect(await site.files()).toHaveLength(100);
  });

  it('are removed for good, and stay when their task is archived', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const file = await site.attached(task.id, 'a.txt', 'x');
    const removed = await site.ask(`/attachments/${file.id}`, { method: 'DELETE' });
    expect(await removed.json()).toEqual({ ok: true });
    for (const method of ['GET', 'DELETE'])
      expect((await site.ask(`/attachments/${file.id}`, { method })).status).toBe(404);
    expect(await site.files()).toEqual([]);
    expect(site.board.takeKinds()).toEqual(expect.arrayContaining(['task.attached', 'task.detached']));
  });

  it('leave nothing behind after a crash between file and row', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const { id } = await site.attached(task.id, 'a.txt', 'x');
    await site.deps.attachmentFiles.receive('f_orphan01' as never, Readable.from([Buffer.from('x')]));
    expect(await sweepAttachments({ db: site.board.db, files: site.deps.attachmentFiles })).toBe(1);
    expect(await site.files()).toEqual([id]);
  });
});

describe('K21: a file that is too large', () => {
  const refused = { error: { code: 'body_too_large', details: { limit: '25 MiB' } } };

  it('is refused with its length announced', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const response = await site.attach(task.id, 'big.bin', Buffer.alloc(25 * MIB + 1));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject(refused);
    expect(await site.files()).toEqual([]);
  });

  it('is refused while it comes in when it did not say how long it is', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 28) controller.close();
        else controller.enqueue(Buffer.alloc(MIB));
      },
    });
    const response = await site.attach(task.id, 'big.bin', endless);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject(refused);
    expect(await site.files()).toEqual([]);
  });

  it('may be exactly 25 MiB, and one that breaks off leaves nothing', async () => {
    await using site = await openSite();
    const task = await site.board.add();
    const file = await site.attached(task.id, 'just.bin', Buffer.alloc(25 * MIB));
    expect(file.size).toBe(25 * MIB);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const broken = request(`${site.server.url}/api/tasks/${task.id}/attachments?name=broken`, {
      method: 'POST',
      headers: { Authorization: 'Bearer owner-secret', 'Content-Length': '100' },
    });
    broken.on('error', resolve);
    broken.write('half of it');
    await expect.poll(site.files).toHaveLength(2);
    broken.destroy();
    await promise;
    await expect.poll(site.files).toEqual([file.id]);
  });
});

describe('K21: who may', () => {
  it('attach, read and remove', async () => {
    await using site = await openSite();
    const own = await site.board.addClaimed();
    const other = await site.board.add();
    const { id } = await site.attached(own.taskId, 'plan.txt', 'plan');
    const { id: foreign } = await site.attached(other.id, 'other.txt', 'other');
    site.known('own-run', { kind: 'run', runId: own.id });
    site.known('own-runner', { kind: 'runner', runnerId: own.runnerId, name: 'here' });
    const status = async (path: string, secret: string, method = 'GET') =>
      (await site.ask(path, { secret, method })).status;
    const read = (secret: string, file = id) => status(`/attachments/${file}`, secret);

    expect(await Promise.all(['viewer-secret', 'own-run', 'own-runner'].map((it) => read(it)))).toEqual([
      200, 200, 200,
    ]);
    expect(await read('wrong')).toBe(401);
    expect(await read('run-token')).toBe(409);
    expect(await read('runner-token')).toBe(403);
    expect(await read('own-run', foreign)).toBe(403);
    expect(await read('own-runner', foreign)).toBe(403);

    const attach = async (secret: string, taskId: string = own.taskId) =>
      (await site.attach(taskId, `by ${secret}.txt`, 'x', secret)).status;
    expect(await attach('admin-secret')).toBe(200);
    expect(await attach('own-run')).toBe(200);
    expect(await attach('own-run', other.id)).toBe(403);
    expect(await attach('viewer-secret')).toBe(403);
    expect(await attach('own-runner')).toBe(403);
    expect(await status(`/attachments/${id}`, 'own-run', 'DELETE')).toBe(403);
    expect(await status(`/attachments/${id}`, 'viewer-secret', 'DELETE')).toBe(403);
    expect(await status(`/attachments/${id}`, 'admin-secret', 'DELETE')).toBe(200);
    const [byRun] = (await site.board.db.read((ports) => ports.attachments.ofTasks([own.taskId]))).filter(
      (file) => file.runId !== null,
    );
    expect(byRun).toMatchObject({ runId: own.id, createdBy: own.profile });
    expect(await status(`/attachments/${byRun?.id}`, 'own-run', 'DELETE')).toBe(200);
  });

  it('not a run that has lost its task, also not through its tool', async () => {
    await using site = await openSite();
    const run = await site.board.addClaimed();
    const tools = agentTools({ ...site.deps, secrets: createSecrets(Buffer.alloc(32)) });
    const call = (input: object) => tools.call(run.id, 'task_attach', input);
    expect(okValue(await call({ name: 'notes.md', content: '# Notes' }))).toMatchObject({ name: 'notes.md' });
    expect(await call({ path: 'a.txt' })).toMatchObject({ refusal: { code: 'invalid_input' } });
    expect(await call({ name: 'empty' })).toMatchObject({ refusal: { code: 'invalid_input' } });
    await site.board.db.write(async (ports) => {
      await ports.runs.save({ ...run, status: 'stopping' });
      return { ok: true, value: null };
    });
    expect(await call({ name: 'late.md', content: 'x' })).toMatchObject({
      refusal: { code: 'run_superseded' },
    });
    expect(await site.files()).toHaveLength(1);
  });
});
