// The git folder a project shares with all its worktrees is writable for every agent. What it looked like before a run is noted in the
// private folder; afterwards the differences are said. They are not undone: a person's own change would look the same.
import { createHash } from 'node:crypto';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readCheckedOut } from './checked-out.ts';
import { readPlain, replaceFile } from './private-folder.ts';
import { listRefs } from './refs.ts';
import { type Repository, readHead } from './repository.ts';
import { treeFolder } from './task-tree.ts';

/** What a shared git folder holds beside objects: files by name with their content, refs by name with their ids. */
export interface SharedState {
  readonly files: Readonly<Record<string, string>>;
  readonly refs: Readonly<Record<string, string>>;
  /** The base branch by name; null when the project's folder is on none. */
  readonly into: string | null;
  /** What people have checked out; missing in a note that an earlier version of the program made. */
  readonly checkedOut?: Readonly<Record<string, string>>;
}

export interface SharedQuestion {
  /** The private git folder of the task. */
  readonly folder: string;
  readonly branch: string;
  readonly baseBranch: string | null;
}

const NOTE = 'shared-before.json';

/** Notes how things are before an agent starts. */
export async function noteShared(repository: Repository, question: SharedQuestion): Promise<void> {
  const state = await readShared(repository, question);
  await replaceFile(join(question.folder, NOTE), JSON.stringify(state));
}

/** How things were; null when an earlier version of the program began the run. */
export async function readNote(folder: string): Promise<SharedState | null> {
  const text = await readPlain(join(folder, NOTE), 256 * 1024 * 1024);
  return text === null ? null : (JSON.parse(text) as SharedState);
}

/** All refs but the task's own branch and those of Quarterdeck. */
export async function readShared(
  repository: Repository,
  { folder, branch, baseBranch }: SharedQuestion,
): Promise<SharedState> {
  const all = await listRefs(repository.refs, []);
  const own = [...all].filter(
    ([name]) => name !== `refs/heads/${branch}` && !name.startsWith('refs/quarterdeck/'),
  );
  const into = baseBranch ?? (await readHead(repository)).branch;
  const checkedOut = await readCheckedOut(repository, dirname(folder));
  return { files: await readFiles(repository.commonDir), refs: Object.fromEntries(own), into, checkedOut };
}

const FILES = ['config', 'config.worktree', 'shallow', 'objects/info/alternates'];
const FOLDERS = ['hooks', 'info'];

async function readFiles(commonDir: string): Promise<Record<string, string>> {
  const names = [...FILES];
  for (const folder of FOLDERS) {
    const inside = await readdir(join(commonDir, folder)).catch(() => []);
    names.push(...inside.filter((name) => !name.endsWith('.sample')).map((name) => `${folder}/${name}`));
  }
  const files: Record<string, string> = {};
  for (const name of names) {
    const content = await readContent(join(commonDir, name), name.startsWith('config'));
    if (content !== null) files[name] = content;
  }
  return files;
}

/** Settings are kept as they are, to name what changed; of other files a digest does. */
async function readContent(path: string, isWhole: boolean): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return null;
  if (found.isSymbolicLink()) return `link to ${await readlink(path).catch(() => '?')}`;
  const text = await readPlain(path);
  if (text === null) return found.isDirectory() ? 'a folder' : `${found.size} bytes`;
  const mode = found.mode & 0o111 ? 'program ' : '';
  return isWhole ? text : `${mode}${createHash('sha256').update(text).digest('hex')}`;
}

/** What outlives a run and no ref may say. */
export interface Noted {
  /** Where a task's changes count from whose commits stand in the base branch though nobody landed them. */
  readonly pastReviewFrom: string | null;
  /** Where its changes are shown from, because it took up commits of the base branch that nobody is known to have looked at. */
  readonly shownFrom: string | null;
}

const PAST_REVIEW = 'past-review';
const SHOWN_FROM = 'shown-from';

export async function readNoted(trees: string, workspacePath: string): Promise<Noted> {
  const folder = treeFolder(trees, workspacePath);
  return {
    pastReviewFrom: await readPlain(join(folder, PAST_REVIEW)),
    shownFrom: await readPlain(join(folder, SHOWN_FROM)),
  };
}

/** The first place stays: a later run may begin with what an earlier one left in the base branch. */
export async function noteShownFrom(folder: string, from: string): Promise<void> {
  if ((await readPlain(join(folder, SHOWN_FROM))) === null) await replaceFile(join(folder, SHOWN_FROM), from);
}

export async function notePastReview(folder: string, from: string): Promise<void> {
  await replaceFile(join(folder, PAST_REVIEW), from);
}
