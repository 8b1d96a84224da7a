import { mkdir, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeFolder } from './change-folder.ts';
import { finishLanding } from './finish-landing.ts';
import { openFolderReader } from './folder-tree.ts';
import { readJournal, writeJournal } from './landing-journal.ts';
import { layFiles, placeChanges } from './lay-files.ts';
import { readPathChanges } from './plan-landing.ts';
import { contents, openFolderLab } from './testing/folder-lab.ts';

const START = { 'a.txt': 'one\n', 'b.txt': 'two\n', 'c/d.txt': 'three\n' };
const AFTER = { 'a.txt': 'new a\n', 'n/m.txt': 'new m\n', 'c/d.txt': 'new d\n' };

/** A landing of four changes that was cut off right after it had written its journal. */
async function openCutOff(phase: 'laying' | 'changing') {
  const lab = await openFolderLab(START);
  const work = await lab.prepare();
  await writeFile(join(work.path, 'a.txt'), 'new a\n');
  await unlink(join(work.path, 'b.txt'));
  await writeFile(join(work.path, 'c/d.txt'), 'new d\n');
  await mkdir(join(work.path, 'n'));
  await writeFile(join(work.path, 'n/m.txt'), 'new m\n');
  const { commit } = await lab.keep(work);
  const { folder } = lab;
  const site = { ...lab.site(), folder };
  const place = await openFolderReader(site);
  const wanted = await readPathChanges(place, work.base, commit ?? '');
  if (!wanted.ok) throw new Error(wanted.failure);
  const changes = await placeChanges(folder, wanted.value, 't_00000001');
  await writeJournal(site, { folder, phase, changes });
  await layFiles({ place, folder, source: changes, staging: lab.trees });
  const land = () => lab.land({ base: work.base, head: commit });
  return { lab, site, changes, land };
}

describe('F04: a landing that is cut off', () => {
  it('while files are laid beside their places leaves nothing of them, and lands when asked again', async () => {
    const { lab, site, land } = await openCutOff('laying');
    await using _ = lab;
    expect(await contents(lab.folder)).not.toEqual(START);
    await finishLanding(site);
    expect(await contents(lab.folder)).toEqual(START);
    expect(await land()).toMatchObject({ status: 'landed' });
    expect(await contents(lab.folder)).toEqual(AFTER);
  });

  it.each([0, 1, 2, 3, 4])('after %i of its changes is finished by whoever comes next', async (done) => {
    const { lab, site, changes, land } = await openCutOff('changing');
    await using _ = lab;
    for (const change of changes.slice(0, done)) await changeFolder(lab.folder, [change]);
    await finishLanding(site);
    expect(await contents(lab.folder)).toEqual(AFTER);
    expect(await readJournal(site)).toBeNull();
    expect(await land()).toMatchObject({ status: 'landed', message: expect.stringContaining('already') });
  });

  it('is finished before the folder is copied for another task', async () => {
    const { lab } = await openCutOff('changing');
    await using _ = lab;
    const other = await lab.prepare({ taskId: 't_00000002' });
    expect(await contents(other.path)).toEqual(AFTER);
  });

  it('is taken back when somebody has changed one of its files since', async () => {
    const { lab, site, changes } = await openCutOff('changing');
    await using _ = lab;
    const first = changes.find(({ name }) => name === 'b.txt');
    if (first) await changeFolder(lab.folder, [first]);
    await writeFile(join(lab.folder, 'c/d.txt'), 'person\n');
    await finishLanding(site);
    expect(await contents(lab.folder)).toEqual({ ...START, 'c/d.txt': 'person\n' });
    expect((await readdir(lab.folder, { recursive: true })).join()).not.toContain('quarterdeck');
  });

  it('is taken back when what it had laid is gone', async () => {
    const { lab, site } = await openCutOff('changing');
    await using _ = lab;
    const laid = (await readdir(lab.folder)).filter((name) => name.startsWith('.quarterdeck-landing'));
    for (const name of laid) await rm(join(lab.folder, name));
    await finishLanding(site);
    expect(await contents(lab.folder)).toEqual(START);
  });

  it('leaves a folder alone that is another one now', async () => {
    const { lab, site } = await openCutOff('changing');
    await using _ = lab;
    await rename(lab.folder, `${lab.folder} moved`);
    await lab.write({ 'a.txt': 'mine\n' });
    await finishLanding(site);
    expect(await contents(lab.folder)).toEqual({ 'a.txt': 'mine\n' });
  });
});
