import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, link, lstat, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyFolder } from './copy-folder.ts';
import { removeCopy } from './remove-copy.ts';
import { contents, openFolderLab } from './testing/folder-lab.ts';

/** A socket in a folder, as some programs leave there. */
async function listenAt(path: string): Promise<AsyncDisposable> {
  const server = createServer().listen(path);
  await once(server, 'listening');
  return { [Symbol.asyncDispose]: async () => void server.close() };
}

describe('F04: a task in a plain folder', () => {
  it('works in a copy with the files, the modes and the links of the folder, and leaves the folder as it is', async () => {
    await using lab = await openFolderLab({ 'a.txt': 'one\n', 'bin/run': 'run\n', 'sub dir/é.txt': 'e\n' });
    await chmod(join(lab.folder, 'bin/run'), 0o755);
    await symlink('a.txt', join(lab.folder, 'link'));
    await link(join(lab.folder, 'a.txt'), join(lab.folder, 'twin.txt'));
    const { path, notes } = await lab.prepare();
    expect(await contents(path)).toEqual(await contents(lab.folder));
    await writeFile(join(path, 'a.txt'), 'agent\n');
    expect(await readFile(join(lab.folder, 'a.txt'), 'utf8')).toBe('one\n');
    expect(await readFile(join(path, 'twin.txt'), 'utf8')).toBe('one\n');
    expect(notes).toEqual([expect.stringContaining('is a copy of')]);
    expect(lab.said.join('\n')).toContain('Copied 5 of 5 files');
  });

  it('shows what the agent did while it works, and what was kept afterwards', async () => {
    await using lab = await openFolderLab();
    const work = await lab.prepare();
    await writeFile(join(work.path, 'a.txt'), 'two\n');
    await writeFile(join(work.path, 'new.txt'), 'new\n');
    const live = await lab.diff(work, { isLive: true });
    const patch = live.ok ? live.value.patch : '';
    expect(patch).toContain('+two');
    expect(patch).toContain('+new');
    const kept = await lab.keep(work);
    expect(kept).toMatchObject({
      keepFailure: null,
      leftOut: [],
      base: work.base,
      diffStat: { files: 2, added: 2, removed: 1 },
    });
    const after = await lab.diff({ ...work, head: kept.commit });
    expect(after).toMatchObject({
      ok: true,
      value: { base: work.base, head: kept.commit, patch, hasUncommitted: false },
    });
    expect(await lab.keep(work)).toMatchObject({ commit: kept.commit });
  });

  it('names what a copy cannot have, and never follows a link', async () => {
    await using lab = await openFolderLab({ 'a.txt': 'one\n', 'tree/.git': 'gitdir: /elsewhere\n' });
    await using _server = await listenAt(join(lab.folder, 'pipe'));
    await mkdir(join(lab.root, 'secret'));
    await writeFile(join(lab.root, 'secret/key'), 'key\n');
    await symlink('../secret', join(lab.folder, 'out'));
    const { path, notes } = await lab.prepare();
    const told = notes.join('\n');
    expect(told).toContain('pipe (it is neither a file nor a folder)');
    expect(told).toContain('tree/.git (it points to a git folder elsewhere)');
    expect(told).toMatch(/links lead out of the copy.*: out\./);
    expect(await contents(path)).toEqual({ 'a.txt': 'one\n', out: '-> ../secret' });
    expect((await lstat(join(path, 'out'))).isSymbolicLink()).toBe(true);
  });

  it('refuses a folder that is too large, with the ways out', async () => {
    await using lab = await openFolderLab({ 'a.txt': 'one\n', 'b.txt': 'two\n', 'c.txt': 'three\n' });
    const to = join(lab.root, 'copy');
    const copy = (limits: { entries: number; bytes: number }) =>
      copyFolder({ from: lab.folder, to, limits, signal: undefined }, () => undefined);
    for (const limits of [
      { entries: 2, bytes: 1_000 },
      { entries: 10, bytes: 5 },
    ])
      expect(await copy(limits)).toMatchObject({
        ok: false,
        failure: expect.stringMatching(/too much to copy.*git init.*--workspace dir/),
      });
    await expect(lstat(to)).rejects.toThrow();
  });

  it('is copied anew when a preparation was cut off, and taken as it is when it was whole', async () => {
    await using lab = await openFolderLab();
    await lab.write({ 'half.txt': 'half\n' }, join(lab.root, 'home/workspaces/p_00000001/t_00000001'));
    const work = await lab.prepare();
    expect(await contents(work.path)).toEqual({ 'a.txt': 'one\n' });
    await writeFile(join(work.path, 'a.txt'), 'agent\n');
    const kept = await lab.keep(work);
    const again = await lab.prepare({ base: work.base });
    expect(again).toMatchObject({ isReused: true, base: work.base });
    expect(await contents(again.path)).toEqual({ 'a.txt': 'agent\n' });
    expect((await lab.keep(again)).commit).toBe(kept.commit);
  });

  it('takes up what the person changed meanwhile at the next attempt, so that a conflict has a way out', async () => {
    await using lab = await openFolderLab({ 'a.txt': 'one\n', 'b.txt': 'two\n' });
    const first = await lab.prepare();
    await writeFile(join(first.path, 'a.txt'), 'agent\n');
    const kept = await lab.keep(first);
    await lab.write({ 'a.txt': 'person\n', 'b.txt': 'person\n' });
    expect(await lab.land({ ...first, head: kept.commit })).toMatchObject({
      status: 'conflict',
      files: ['a.txt'],
    });
    const second = await lab.prepare({ base: first.base });
    expect(second.notes.join('\n')).toMatch(/changed there and here: a\.txt\./);
    expect(await contents(second.path)).toEqual({ 'a.txt': 'agent\n', 'b.txt': 'person\n' });
    await writeFile(join(second.path, 'a.txt'), 'person and agent\n');
    const again = await lab.keep(second);
    const shown = await lab.diff({ ...second, head: again.commit });
    expect(shown.ok && shown.value.patch).toMatch(/-person\n\+person and agent/);
    expect(await lab.land({ ...second, head: again.commit })).toMatchObject({ status: 'landed' });
    expect(await contents(lab.folder)).toEqual({ 'a.txt': 'person and agent\n', 'b.txt': 'person\n' });
  });

  it('builds on what its parents made, landed or not', async () => {
    await using lab = await openFolderLab();
    const parent = await lab.prepare({ taskId: 't_00000002' });
    await writeFile(join(parent.path, 'parent.txt'), 'parent\n');
    const made = await lab.keep(parent, { taskId: 't_00000002' });
    await lab.write({ 'since.txt': 'since\n' });
    const child = await lab.prepare({ startFrom: [made.commit ?? ''] });
    expect(await contents(child.path)).toEqual({
      'a.txt': 'one\n',
      'parent.txt': 'parent\n',
      'since.txt': 'since\n',
    });
    const kept = await lab.keep(child);
    expect(await lab.land({ ...parent, head: made.commit }, 't_00000002')).toMatchObject({
      status: 'landed',
    });
    expect(await lab.land({ ...child, head: kept.commit })).toMatchObject({ status: 'landed' });
    expect(await contents(lab.folder)).toEqual({
      'a.txt': 'one\n',
      'parent.txt': 'parent\n',
      'since.txt': 'since\n',
    });
  });

  it('F02: names a repository that the agent changed in the copy, and not one that it left alone', async () => {
    await using lab = await openFolderLab({ 'a.txt': 'one\n', 'old/x.txt': 'x\n' });
    const init = (path: string) => execFileSync('git', ['init', '-q', path]);
    init(join(lab.folder, 'old'));
    const work = await lab.prepare();
    expect(work.notes.join('\n')).toContain('old is a git repository');
    expect(await lab.keep(work)).toMatchObject({ leftOut: [] });
    init(join(work.path, 'made'));
    await writeFile(join(work.path, 'made/y.txt'), 'y\n');
    expect(await lab.keep(work)).toMatchObject({ leftOut: [{ path: 'made/' }] });
    await writeFile(join(work.path, 'old/x.txt'), 'changed\n');
    expect((await lab.keep(work)).leftOut).toHaveLength(2);
  });

  it('keeps the bytes of every file, whatever attributes say, and starts nothing that the folder names', async () => {
    await using lab = await openFolderLab({
      '.gitattributes': '* text eol=lf filter=lfs diff=lfs\n',
      'a.txt': 'one\r\n',
    });
    const work = await lab.prepare();
    await writeFile(join(work.path, 'a.txt'), 'one\r\ntwo\n');
    const kept = await lab.keep(work);
    expect(await lab.land({ ...work, head: kept.commit })).toMatchObject({ status: 'landed' });
    expect(await readFile(join(lab.folder, 'a.txt'), 'utf8')).toBe('one\r\ntwo\n');
  });

  it('runs the setup command in the copy', async () => {
    await using lab = await openFolderLab();
    const { path } = await lab.prepare({ setupCommand: 'echo ready > .ready' });
    expect(await readFile(join(path, '.ready'), 'utf8')).toBe('ready\n');
  });

  it('goes when all of it is kept, and stays while it is not', async () => {
    await using lab = await openFolderLab();
    const work = await lab.prepare();
    await writeFile(join(work.path, 'a.txt'), 'agent\n');
    const remove = () => removeCopy({ path: work.path, projectId: 'p_00000001', trees: lab.trees });
    expect(await remove()).toMatchObject({ ok: false, failure: 'it has uncommitted work' });
    const kept = await lab.keep(work);
    const removed = await remove();
    expect(removed.ok).toBe(true);
    if (removed.ok) await removed.value.deleted;
    await expect(lstat(work.path)).rejects.toThrow();
    expect(await lab.diff({ ...work, head: kept.commit })).toMatchObject({ ok: true });
    expect(await lab.land({ ...work, head: kept.commit })).toMatchObject({ status: 'landed' });
  });
});

describe('F04: the changes of other folders are shown too', () => {
  it('in place: against what was there before the first attempt', async () => {
    await using lab = await openFolderLab();
    const work = await lab.prepare({ kind: 'dir' });
    expect(work.path).toBe(lab.folder);
    await lab.write({ 'a.txt': 'agent\n' });
    const live = await lab.diff(work, { isLive: true });
    expect(live.ok && live.value.patch).toContain('-one\n+agent');
    const kept = await lab.keep(work, { kind: 'dir' });
    expect(kept).toMatchObject({
      leftOut: [],
      keepFailure: null,
      diffStat: { files: 1, added: 1, removed: 1 },
    });
    const second = await lab.prepare({ kind: 'dir', base: work.base });
    expect(second.base).toBe(work.base);
    expect(Object.keys(await contents(lab.folder))).toEqual(['a.txt']);
  });

  it('scratch: against nothing', async () => {
    await using lab = await openFolderLab();
    const work = await lab.prepare({ kind: 'scratch' });
    await writeFile(join(work.path, 'made.txt'), 'made\n');
    const kept = await lab.keep(work, { kind: 'scratch' });
    expect(kept.diffStat).toEqual({ files: 1, added: 1, removed: 0 });
    await rm(work.path, { recursive: true });
    const shown = await lab.diff({ ...work, head: kept.commit });
    expect(shown.ok && shown.value.patch).toContain('+made');
  });
});
