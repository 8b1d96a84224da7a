import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockHome } from './home-lock.ts';
import { makeTemp } from './testing/make-temp.ts';

it('lets one runner into a folder, and the next when it has left', async () => {
  await using temp = await makeTemp();
  const unlock = await lockHome(temp.path);
  await expect(lockHome(temp.path, 50)).rejects.toThrow(`process ${process.pid}`);
  const next = lockHome(temp.path);
  await unlock();
  await (await next)();
});

it('does not wait for a runner that was killed', async () => {
  await using temp = await makeTemp();
  await writeFile(join(temp.path, 'runner.lock'), `${process.pid} 1`);
  await (await lockHome(temp.path, 0))();
});
