import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { isPlainProgram } from './plain-program.ts';

/** What of the person's own git settings reaches our git: who they are, what they never want committed, and the programs they chose for files. */
export interface PersonSettings {
  readonly name: string;
  readonly email: string;
  /** As a file of git's settings. */
  readonly text: string;
  /** The same without any program: for whoever only looks. */
  readonly inertText: string;
}

interface Entry {
  readonly scope: string;
  readonly key: string;
  /** Null for a key without a value, which means true. */
  readonly value: string | null;
}

const ALLOWED = /^(core\.excludesfile|filter\..+|merge\..+\.(driver|name|recursive)|lfs\..+)$/s;

/**
 * Reads the settings of the person as they hold for a repository: includes and their conditions are resolved. Those the repository
 * sets itself do not count, because agents can write there; but for a name when the person has none.
 */
export async function readPersonSettings(projectPath: string): Promise<PersonSettings> {
  const entries = (await list(projectPath)) ?? (await list('/')) ?? [];
  const own = entries.filter(isPersons);
  const name = last(own, 'user.name') ?? last(entries, 'user.name');
  const email = last(own, 'user.email') ?? last(entries, 'user.email');
  const isKnown = Boolean(name && email);
  const refused = new Set(await findUnsafe(own, projectPath));
  const allowed = own.filter(({ key }) => ALLOWED.test(key) && !refused.has(driverOf(key)));
  return {
    name: process.env.GIT_AUTHOR_NAME || (isKnown && name) || 'Quarterdeck',
    email: process.env.GIT_AUTHOR_EMAIL || (isKnown && email) || 'quarterdeck@localhost',
    text: allowed.map(render).join(''),
    inertText: allowed
      .filter(({ key }) => key === 'core.excludesfile')
      .map(render)
      .join(''),
  };
}

const COMMANDS =
  /^(filter\..+\.(clean|smudge|process)|merge\..+\.driver|lfs\.customtransfer\..+\.path|lfs\.extension\..+\.(clean|smudge))$/s;

/** The drivers of the person that would run files of a workspace. One bad command of a driver is enough. */
async function findUnsafe(own: readonly Entry[], projectPath: string): Promise<readonly string[]> {
  const commands = own.filter(({ key, value }) => COMMANDS.test(key) && value !== '');
  const judged = await Promise.all(
    commands.map(async ({ key, value }) =>
      (await isPlainProgram(value ?? '', projectPath)) ? [] : [driverOf(key)],
    ),
  );
  return [...new Set(judged.flat())];
}

/** The drivers of the person that Quarterdeck does not run, because their commands could run what an agent wrote. */
export async function findUnsafeDrivers(projectPath: string): Promise<readonly string[]> {
  const entries = (await list(projectPath)) ?? [];
  return findUnsafe(entries.filter(isPersons), projectPath);
}

function isPersons({ scope }: Entry): boolean {
  return scope === 'global' || scope === 'system';
}

function driverOf(key: string): string {
  return key.slice(0, key.lastIndexOf('.'));
}

/** The filters and merge drivers that only the repository itself names: Quarterdeck does not run them. */
export async function findForeignDrivers(projectPath: string): Promise<readonly string[]> {
  const entries = (await list(projectPath)) ?? [];
  const isOwn = (key: string) => entries.some((entry) => entry.key === key && isPersons(entry));
  const foreign = entries
    .map(({ key }) => key)
    .filter((key) => /^(filter\..+\.(clean|smudge|process)|merge\..+\.driver)$/s.test(key) && !isOwn(key));
  return [...new Set(foreign.map(driverOf))];
}

async function list(cwd: string): Promise<readonly Entry[] | null> {
  const args = ['config', '--list', '-z', '--show-scope', '--includes'];
  const answer = await promisify(execFile)('git', args, {
    cwd,
    env: { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, LC_ALL: 'C.UTF-8' },
    maxBuffer: 16 * 1024 * 1024,
    timeout: 60_000,
  }).catch(() => null);
  if (answer === null) return null;
  const parts = answer.stdout.split('\0');
  const entries: Entry[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [scope = '', text = ''] = [parts[at], parts[at + 1]];
    const end = text.indexOf('\n');
    entries.push(
      end < 0
        ? { scope, key: text, value: null }
        : { scope, key: text.slice(0, end), value: text.slice(end + 1) },
    );
  }
  return entries;
}

function last(entries: readonly Entry[], key: string): string | null {
  return entries.findLast((entry) => entry.key === key)?.value ?? null;
}

function render({ key, value }: Entry): string {
  const dot = key.indexOf('.');
  const end = key.lastIndexOf('.');
  const inner = dot === end ? '' : ` "${key.slice(dot + 1, end).replace(/[\\"]/g, '\\$&')}"`;
  const head = `[${key.slice(0, dot)}${inner}]\n\t${key.slice(end + 1)}`;
  if (value === null) return `${head}\n`;
  const shown = key === 'core.excludesfile' ? absolute(value) : value;
  return `${head} = "${shown.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"\n`;
}

function absolute(path: string): string {
  return resolve(homedir(), path.replace(/^~\//, `${homedir()}/`));
}
