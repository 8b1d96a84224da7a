import { constants } from 'node:fs';
import { chmod, copyFile, lchown, lstat, mkdtemp, open, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathOf } from '../workspace/file-names.ts';
import { git, gitReason, type Place } from '../workspace/git.ts';
import type { PathChange } from './file-state.ts';
import type { LaidChange } from './landing-journal.ts';

/** The same names for a landing that is taken up again; nobody else's files begin like this. */
const PREFIX = '.quarterdeck-landing-';

/** Where each new file is laid first: in the nearest folder that is there, so that it can take its place in one step. */
export async function placeChanges(
  folder: string,
  changes: readonly PathChange[],
  id: string,
): Promise<readonly LaidChange[]> {
  const placed: LaidChange[] = [];
  for (const [at, change] of changes.entries()) {
    const laid = change.to === null ? null : `${await nearest(folder, change.name)}${PREFIX}${id}-${at}`;
    placed.push({ ...change, laid });
  }
  return placed;
}

async function nearest(folder: string, name: string): Promise<string> {
  const parts = name.split('/').slice(0, -1);
  let prefix = '';
  for (const part of parts) {
    const found = await lstat(pathOf(folder, `${prefix}${part}`)).catch(() => null);
    if (!found?.isDirectory()) break;
    prefix = `${prefix}${part}/`;
  }
  return prefix;
}

interface Laying {
  readonly place: Place;
  readonly folder: string;
  readonly source: readonly LaidChange[];
  /** Where git writes the files first. */
  readonly staging: string;
}

/** Writes the new content of every change beside its place, with the rights of what it replaces, on the disk when it returns. */
export async function layFiles({ place, folder, source, staging }: Laying): Promise<void> {
  const written = await mkdtemp(join(staging, 'landing-files-'));
  try {
    const wanted = source.filter(({ laid }) => laid !== null);
    await writeOut(place, wanted, written);
    for (const [at, change] of wanted.entries()) await layOne(folder, join(written, String(at)), change);
  } finally {
    await rm(written, { recursive: true, force: true });
  }
}

/** git writes the content of all files at once, by number: names are laid by us. */
async function writeOut(place: Place, changes: readonly LaidChange[], to: string): Promise<void> {
  const out: Place = {
    cwd: to,
    env: { ...place.env, GIT_WORK_TREE: to, GIT_INDEX_FILE: join(to, '.index') },
  };
  const entries = changes.flatMap(({ to: state }, at) =>
    state === null ? [] : [`${state.mode} ${state.id}\t${at}\0`],
  );
  const indexed = await git(out, ['update-index', '--add', '-z', '--index-info'], {
    input: entries.join(''),
  });
  const written = await git(out, ['checkout-index', '--all'], { timeoutMs: 30 * 60_000 });
  const bad = [indexed, written].find(({ code }) => code !== 0);
  if (bad !== undefined) throw new Error(gitReason(bad));
}

async function layOne(folder: string, source: string, { name, laid, to }: LaidChange): Promise<void> {
  if (laid === null || to === null) return;
  const target = pathOf(folder, laid);
  await rm(target, { force: true });
  const before = await lstat(pathOf(folder, name)).catch(() => null);
  if (to.mode === '120000') await symlink(await readlink(source, { encoding: 'buffer' }), target);
  else {
    await copyFile(source, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(target, modeOf(to.mode, before?.isFile() ? before.mode & 0o777 : null));
    const file = await open(target, 'r');
    await file.sync().finally(() => file.close());
  }
  await giveTo(folder, laid, before);
}

/** The rights of the file that is replaced, but for the right to be run, which is part of the change. */
function modeOf(mode: string, before: number | null): number {
  if (before === null) return mode === '100755' ? 0o755 : 0o644;
  if (mode === '100755') return before | 0o100 | ((before & 0o044) >> 2);
  return before & ~0o111;
}

/** As the superuser, files stay whose they were. */
async function giveTo(
  folder: string,
  laid: string,
  before: { uid: number; gid: number } | null,
): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const around = laid.includes('/')
    ? pathOf(folder, laid.slice(0, laid.lastIndexOf('/')))
    : Buffer.from(folder);
  const { uid, gid } = before ?? (await lstat(around));
  await lchown(pathOf(folder, laid), uid, gid);
}

/** Takes away what was laid and has not taken its place. */
export async function clearLaid(folder: string, changes: readonly LaidChange[]): Promise<void> {
  for (const { laid } of changes)
    if (laid !== null) await rm(pathOf(folder, laid), { force: true }).catch(() => undefined);
}
