import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRealFolder } from './admin-folder.ts';
import { keepWork } from './keep-work.ts';
import { prepareWorkspace } from './prepare-workspace.ts';
import { removeWorkspace } from './remove-workspace.ts';
import { setAside } from './set-aside.ts';
import { keepFor, orderFor, temporaryRepository } from './temporary-repository.ts';

/** Names and contents of everything in a folder. */
async function listing(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile()) return path;
      return `${path} ${createHash('sha256')
        .update(await readFile(path))
        .digest('hex')}`;
    }),
  );
}

async function prepared() {
  const repository = await temporaryRepository();
  const { home, trees, path: project } = repository;
  const request = { order: orderFor(project, { baseBranch: 'main' }), home, trees };
  const made = await prepareWorkspace(request, () => undefined);
  if (!made.ok) throw new Error(made.failure);
  const { path: space, branch, base } = made.value;
  const reviewed = { trees, path: space, projectPath: project, branch: branch ?? '', name: 'r_00000002' };
  return {
    ...{ repository, project, space },
    keep: () => keepWork(keepFor(repository, made.value, { baseBranch: 'main' })),
    setAside: () => setAside({ ...reviewed, head: base ?? '' }),
    remove: () => removeWorkspace({ path: space, kind: 'worktree', projectPath: project, trees }),
    [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
  };
}

/** Where an agent may put a link: from the worktree's own folder up. */
const PARTS = ['.git/worktrees/t_00000001', '.git/worktrees'];

test.each(PARTS)(
  'S2: %s as a link makes neither keeping nor setting aside nor removing write where it leads',
  async (part) => {
    await using at = await prepared();
    const outside = join(at.repository.root, 'outside');
    await rename(join(at.project, part), outside);
    const inner = part.endsWith('worktrees') ? join(outside, 't_00000001') : outside;
    await mkdir(join(inner, 'rebase-merge'), { recursive: true });
    await writeFile(join(inner, 'MERGE_HEAD'), 'mine\n');
    await symlink(outside, join(at.project, part));
    const before = await listing(outside);
    await at.repository.write({ 'new.txt': 'new\n' }, at.space);
    const kept = await at.keep();
    expect(kept.commit).not.toBeNull();
    expect(await at.repository.run(['show', `${kept.commit}:new.txt`])).toBe('new');
    expect(await listing(outside)).toEqual(before);
    await at.setAside();
    expect(await listing(outside)).toEqual(before);
    await at.remove();
    expect(await isRealFolder(outside)).toBe(true);
    expect(await listing(outside)).toEqual(before);
  },
);
