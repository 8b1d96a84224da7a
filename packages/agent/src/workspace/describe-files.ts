import { join } from 'node:path';
import { quoted } from './file-names.ts';
import type { Repository } from './repository.ts';

type Files = Readonly<Record<string, string>>;

/** Sentences about files of a shared git folder that are not what they were; the list of files to leave out has its own. */
export function describeFiles({ commonDir }: Repository, before: Files, after: Files): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changed = names.filter((name) => before[name] !== after[name]);
  const hooks = changed.filter((name) => name.startsWith('hooks/') && after[name] !== undefined);
  return [
    ...describeHooks(commonDir, hooks),
    ...changed.flatMap((name) => {
      if (hooks.includes(name) || name === 'info/exclude') return [];
      const path = join(commonDir, name);
      return name.startsWith('config')
        ? describeSettings(path, before[name] ?? '', after[name] ?? '')
        : [describeFile(path, before[name], after[name])];
    }),
  ];
}

function describeHooks(commonDir: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const paths = names.map((name) => quoted(join(commonDir, name))).join(' ');
  return [
    `Danger: hooks were made or changed since the run began (${names.join(', ')}), and git runs them for everybody who works in this repository. Quarterdeck does not. If you do not know them, delete them: rm ${paths}`,
  ];
}

function describeFile(path: string, was: string | undefined, is: string | undefined): string {
  const how = was === undefined ? 'is new' : is === undefined ? 'is gone' : 'was changed';
  const undo =
    was === undefined
      ? `If you do not know it, delete it: rm ${quoted(path)}`
      : 'If you do not know why, put it back.';
  return `${path} ${how} since the run began. ${undo}`;
}

/** Settings with which git starts a program that the setting names. */
const RUNS_PROGRAMS =
  /^(core\.(fsmonitor|hookspath|editor|pager|sshcommand|askpass|gitproxy|alternaterefscommand)|sequence\.editor|filter\..+|alias\..+|diff\..+\.(command|textconv)|diff\.external|merge\..+\.driver|(diff|merge)tool\..+\.cmd|gpg\..*|credential\..*helper|remote\..+\.(uploadpack|receivepack|vcs|promisor)|url\..+|include(if)?\..*|pager\..+|interactive\.difffilter|uploadpack\.packobjectshook|core\.worktree|extensions\..+|submodule\..+\.update|browser\..+|man\..+|trailer\..+|init\.templatedir|protocol\..*)$/s;

function describeSettings(path: string, was: string, is: string): readonly string[] {
  const [old, now] = [readSettings(was), readSettings(is)];
  const keys = [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => old.get(key) !== now.get(key))
    .sort();
  const dangerous = keys.filter((key) => RUNS_PROGRAMS.test(key) && now.has(key));
  const others = keys.filter((key) => !dangerous.includes(key) && !/^branch\./.test(key));
  const undo = `To undo that, edit ${path}.`;
  return [
    ...(dangerous.length > 0
      ? [
          `Danger: ${path} was changed since the run began: ${dangerous.join(', ')} with these git can run programs, or work on other files, for everybody who works in this repository. Quarterdeck does not heed them. ${undo}`,
        ]
      : []),
    ...(others.length > 0 ? [`${path} was changed since the run began: ${others.join(', ')}. ${undo}`] : []),
    ...(keys.length === 0
      ? [`${path} was rewritten since the run began, without a setting that reads differently.`]
      : []),
  ];
}

/** Keys of a file of settings, as git names them, with all their values: enough to say which of them differ. */
function readSettings(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    const head = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]\s*(.*)$/.exec(line);
    if (head !== null)
      section = `${(head[1] ?? '').toLowerCase()}${head[2] === undefined ? '' : `.${head[2]}`}.`;
    const entry = /^\s*([A-Za-z][\w-]*)\s*(.*)$/.exec(head === null ? line : (head[3] ?? ''));
    if (entry === null) continue;
    const key = `${section}${(entry[1] ?? '').toLowerCase()}`;
    settings.set(key, `${settings.get(key) ?? ''}\n${entry[2] ?? ''}`);
  }
  return settings;
}
