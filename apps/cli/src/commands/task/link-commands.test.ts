import { expect, test } from 'vitest';
import { createFixtureTerminal } from '../../testing/fixture-terminal.ts';
import { startFixtureService } from '../../testing/start-fixture-service.ts';

const CHILD = 't_77aa0001';
const PARENT = 't_78bb0001';

function serve(isLinked = true) {
  return startFixtureService({
    'link.create': () => ({ ok: true, link: { parentId: PARENT as never, childId: CHILD as never } }),
    'link.delete': () => ({ ok: isLinked }),
  });
}

const shellAt = ({ url }: { readonly url: string }) =>
  createFixtureTerminal({ env: { QUARTERDECK_URL: url } });

test('K7 makes a task wait for another', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('task', 'link', CHILD, PARENT)).toBe(0);
  expect(service.asked.at(-1)?.asked.body).toEqual({ parentId: PARENT, childId: CHILD });
  expect(shell.written.out).toBe(`${CHILD} waits for ${PARENT}\n`);
});

test('K7 stops it waiting, and says when it did not wait', async () => {
  await using service = await serve();
  const shell = shellAt(service);
  expect(await shell.run('task', 'unlink', CHILD, PARENT)).toBe(0);
  expect(service.asked.at(-1)?.asked.query).toMatchObject({ parentId: PARENT, childId: CHILD });
  await using other = await serve(false);
  const refused = shellAt(other);
  expect(await refused.run('task', 'unlink', CHILD, PARENT)).toBe(2);
  expect(refused.written.err).toContain(`${CHILD} does not wait for ${PARENT}`);
});
