import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LOG_LIMIT_BYTES, openBoundedLog } from './bounded-log.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qd-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps 10 MiB within its limit at every moment, and keeps the newest', async () => {
  const path = join(folder, 'agent.log');
  const log = openBoundedLog(path);
  const line = `${'x'.repeat(1023)}\n`;
  for (let n = 0; n < 10 * 1024; n += 1) {
    log.write(line);
    if (n % 512 === 0) expect((await stat(path)).size).toBeLessThanOrEqual(LOG_LIMIT_BYTES);
  }
  log.write('the end\n');
  log.close();
  expect((await stat(`${path}.1`)).size).toBeLessThanOrEqual(LOG_LIMIT_BYTES);
  expect((await readFile(path, 'utf8')).endsWith('the end\n')).toBe(true);
});

it('cuts a piece that is longer than the whole log', async () => {
  const path = join(folder, 'agent.log');
  const log = openBoundedLog(path, 100);
  log.write(`${'a'.repeat(500)}${'b'.repeat(60)}`);
  log.close();
  expect(await readFile(path, 'utf8')).toBe('a'.repeat(40) + 'b'.repeat(60));
});
