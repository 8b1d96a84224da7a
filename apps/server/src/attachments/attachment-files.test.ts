import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AttachmentId } from '@quarterdeck/contract/ids';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openAttachmentFiles } from './attachment-files.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'qd-attachments-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const ID = AttachmentId.parse('f_00000001');
const openFiles = () => openAttachmentFiles(home, { sweepBefore: Number.MAX_VALUE, limitBytes: 10 });
const listed = () => readdir(join(home, 'attachments'));

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

it('K21: keeps what comes in pieces, byte for byte', async () => {
  const files = await openFiles();
  const received = await files.receive(ID, pieces('hello', 'world'));
  const sha256 = createHash('sha256').update('helloworld').digest('hex');
  expect(received).toEqual({ ok: true, value: { size: 10, sha256 } });
  expect(await listed()).toEqual([ID]);
  const open = await files.find(ID);
  expect(open && String(await buffer(open()))).toBe('helloworld');
});

it('K21: refuses what is too large while it comes in, and keeps none of it', async () => {
  const files = await openFiles();
  const received = await files.receive(ID, pieces('hello', 'world', '!'));
  expect(received).toMatchObject({ ok: false, refusal: { code: 'body_too_large' } });
  expect(await listed()).toEqual([]);
});

it('K21: keeps nothing of what broke off', async () => {
  const files = await openFiles();
  async function* breaking() {
    yield Buffer.from('hel');
    throw new Error('the line is dead');
  }
  await expect(files.receive(ID, breaking())).rejects.toThrow('the line is dead');
  expect(await listed()).toEqual([]);
});

it('K21: names what a crash may have left, also half-received files', async () => {
  const files = await openFiles();
  await files.receive(ID, pieces('x'));
  await writeFile(join(home, 'attachments', 'f_00000002.part'), 'half');
  expect((await files.listOld()).toSorted()).toEqual([ID, 'f_00000002.part']);
  const patient = await openAttachmentFiles(home, { sweepBefore: Date.now() - 3_600_000 });
  expect(await patient.listOld()).toEqual([]);
  await files.removeFile('f_00000002.part');
  await files.remove(ID);
  expect(await listed()).toEqual([]);
  expect(await files.find(ID)).toBeNull();
});
