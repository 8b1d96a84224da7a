import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { agentFolder, checkAgentFolder, folderNote } from './agent-folder.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { orderFor, temporaryRepository } from './temporary-repository.ts';

const SUBFOLDER = 'pkg/a ü';

async function openMonorepo() {
  const repository = await temporaryRepository({ 'README.md': 'all\n', [`${SUBFOLDER}/main.ts`]: 'one\n' });
  const plain = orderFor(repository.path);
  const order = { ...plain, project: { ...plain.project, subfolder: SUBFOLDER } };
  const prepared = await prepareWorkspace(
    { order, home: repository.home, trees: repository.trees },
    () => undefined,
  );
  if (!prepared.ok) throw new Error(prepared.failure);
  return { repository, order, path: prepared.value.path };
}

it('A13: an agent of a subfolder starts in it, in a worktree of the whole repository, and is told so', async () => {
  const { repository, order, path } = await openMonorepo();
  await using _ = repository;
  expect(agentFolder(order, path)).toBe(join(path, SUBFOLDER));
  expect(await checkAgentFolder(order, path)).toMatchObject({ ok: true });
  expect(folderNote(order).join()).toContain(SUBFOLDER);
});

it.each<[string, (path: string) => Promise<unknown>, string]>([
  ['is not on the branch', async () => undefined, 'does not exist'],
  ['is a link of the branch', (path) => symlink('/etc', path), 'a link'],
  ['is a file', (path) => writeFile(path, ''), 'a file'],
])('A13: the run fails with advice when the subfolder %s', async (_name, put, words) => {
  const { repository, order, path } = await openMonorepo();
  await using _ = repository;
  await rm(join(path, SUBFOLDER), { recursive: true });
  await put(join(path, SUBFOLDER));
  expect(await checkAgentFolder(order, path)).toMatchObject({ failure: expect.stringContaining(words) });
});

it('A13: a link on the way to the subfolder is no way', async () => {
  const { repository, order, path } = await openMonorepo();
  await using _ = repository;
  await rm(join(path, 'pkg'), { recursive: true });
  await mkdir(join(repository.root, 'else', 'a ü'), { recursive: true });
  await symlink(join(repository.root, 'else'), join(path, 'pkg'));
  expect(await checkAgentFolder(order, path)).toMatchObject({ ok: false });
});

it('other workspaces have no subfolder', async () => {
  const order = { ...orderFor('/srv', { kind: 'scratch' }) };
  const below = { ...order, project: { ...order.project, subfolder: SUBFOLDER } };
  expect([agentFolder(below, '/w'), await checkAgentFolder(below, '/w')]).toMatchObject(['/w', { ok: true }]);
  expect(folderNote(below)).toEqual([]);
});
