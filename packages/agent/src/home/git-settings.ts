// An agent's git behaves as the person's does, by a copy of their settings. It is written anew before each start: what an agent changes
// in it is its own, and reaches neither the person nor its next start.
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { withPersonsCondition, withPersonsPaths } from './person-paths.ts';
import type { GitSetting } from './read-git-file.ts';
import { readGitFile } from './read-git-file.ts';
import { writeGitFile } from './write-git-file.ts';

export interface Person {
  readonly home: string;
  /** The person's environment; it can say where settings are. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Files for an agent's home, by their paths below it, and what its programs need beside them. */
export interface GitCopy {
  readonly files: Readonly<Record<string, string>>;
  /** Every line of every copied file, to see what is switched on. */
  readonly settings: readonly GitSetting[];
  /** Whether the machine's own settings name the home too, so that they are copied as well. */
  readonly hasSystem: boolean;
  /** Passwords in files that git reads and writes: copied too, from where to where. */
  readonly stores: readonly StoreCopy[];
  /** Files that git cannot read. */
  readonly broken: readonly string[];
}

interface StoreCopy {
  readonly source: string;
  readonly path: string;
}

const GLOBAL_COPY = '.gitconfig';
export const SYSTEM_COPY = '.config/git/system';
const CONDITIONAL_FOLDER = '.config/git/conditional';
const MADE_BY_US =
  '# Made by Quarterdeck before each start from your own git settings. What is changed here is lost.\n';
// As deep as git itself follows includes.
const MAX_DEPTH = 10;

/** Reads what git would take for the person, in their order. Files that an `includeIf` names become files of their own, so that it goes on deciding. */
export async function copyGitSettings(person: Person, agentHome: string): Promise<GitCopy> {
  const reading: Reading = {
    agentHome,
    personHome: await realpath(person.home).catch(() => person.home),
    files: {},
    settings: [],
    stores: [],
    broken: [],
  };
  const system = await flatten(reading, systemFile(person), 0);
  const ofSystem = reading.settings.splice(0);
  const global = [];
  for (const path of globalFiles(person)) global.push(...(await flatten(reading, path, 0)));
  const hasSystem = ofSystem.some(({ value }) => value?.includes(reading.personHome));
  return {
    files: {
      ...reading.files,
      [GLOBAL_COPY]: MADE_BY_US + writeGitFile(global),
      ...(hasSystem ? { [SYSTEM_COPY]: MADE_BY_US + writeGitFile(system) } : {}),
    },
    settings: [...ofSystem, ...reading.settings],
    hasSystem,
    stores: reading.stores,
    broken: reading.broken,
  };
}

interface Reading {
  readonly agentHome: string;
  readonly personHome: string;
  readonly files: Record<string, string>;
  readonly settings: GitSetting[];
  readonly stores: StoreCopy[];
  readonly broken: string[];
}

/** The lines of a file, with those of the files it includes in their places. */
async function flatten(reading: Reading, path: string | null, depth: number): Promise<readonly GitSetting[]> {
  if (path === null || depth > MAX_DEPTH) return [];
  const flat: GitSetting[] = [];
  const lines = await readGitFile(path);
  if (lines === null) reading.broken.push(path);
  for (const setting of lines ?? []) {
    const included = includedFile(reading, path, setting);
    if (included === null) flat.push(rewritten(reading, setting));
    else if (setting.key === 'include.path') flat.push(...(await flatten(reading, included, depth + 1)));
    else flat.push(await conditional(reading, { path, included, key: setting.key, depth }));
  }
  return flat;
}

function rewritten(reading: Reading, { key, value }: GitSetting): GitSetting {
  const own = value === null ? null : withPersonsPaths(key, value, reading.personHome);
  const setting = { key, value: own === null ? null : withOwnStore(reading, key, own) };
  reading.settings.push(setting);
  return setting;
}

/** git's own password file is written by whoever uses it, so an agent gets one of its own. */
function withOwnStore({ agentHome, personHome, stores }: Reading, key: string, value: string): string {
  const isStore = /^credential\..*helper$/s.test(key) && /^(!?\s*git[ -]credential-)?store\b/.test(value);
  if (!isStore) return value;
  const [option, source] = /--file(?:=|\s+)(\S+)/.exec(value) ?? [];
  if (option === undefined || source === undefined) {
    stores.push({ source: join(personHome, '.git-credentials'), path: '.git-credentials' });
    return value;
  }
  const path = `.config/git/passwords-${stores.length + 1}`;
  stores.push({ source: source.replaceAll(/["'\\]/g, ''), path });
  return value.replace(option, `--file=${JSON.stringify(join(agentHome, path))}`);
}

/** The file a line includes, as git finds it; null for any other line. */
function includedFile({ personHome }: Reading, from: string, { key, value }: GitSetting): string | null {
  if (value === null || !/^include(if\..*)?\.path$/s.test(key)) return null;
  // Another person's home and git's own folder are the same for everybody: git finds them.
  if (/^(~[^/]|%\()/.test(value)) return null;
  const path = value.startsWith('~/') ? personHome + value.slice(1) : value;
  return isAbsolute(path) ? path : join(dirname(from), path);
}

async function conditional(
  reading: Reading,
  at: { readonly path: string; readonly included: string; readonly key: string; readonly depth: number },
): Promise<GitSetting> {
  const { agentHome, personHome, files } = reading;
  const folder = dirname(await realpath(at.path).catch(() => at.path));
  const condition = at.key.slice('includeif.'.length, -'.path'.length);
  const lines = await flatten(reading, at.included, at.depth + 1);
  const copy = `${CONDITIONAL_FOLDER}/${Object.keys(files).length + 1}`;
  files[copy] = MADE_BY_US + writeGitFile(lines);
  const key = `includeif.${withPersonsCondition(condition, { personHome, folder })}.path`;
  return { key, value: join(agentHome, copy) };
}

function globalFiles({ home, env }: Person): readonly string[] {
  const given = env['GIT_CONFIG_GLOBAL'];
  if (given !== undefined) return given === '' ? [] : [given];
  return [join(xdgConfig({ home, env }), 'git', 'config'), join(home, '.gitconfig')];
}

/** Null when the person has switched it off. Another place that git was built with is read by the agent's git itself. */
function systemFile({ env }: Person): string | null {
  if (/^(1|true|yes|on)$/i.test(env['GIT_CONFIG_NOSYSTEM'] ?? '')) return null;
  return env['GIT_CONFIG_SYSTEM'] ?? '/etc/gitconfig';
}

/** Where the person keeps settings after the XDG rules. */
export function xdgConfig({ home, env }: Person): string {
  return env['XDG_CONFIG_HOME'] || join(home, '.config');
}
