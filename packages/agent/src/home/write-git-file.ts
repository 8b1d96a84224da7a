import type { GitSetting } from './read-git-file.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\b': '\\b' };

/** The text of a git settings file with these lines in this order. */
export function writeGitFile(settings: readonly GitSetting[]): string {
  let section = '';
  const lines: string[] = [];
  for (const { key, value } of settings) {
    const first = key.indexOf('.');
    const last = key.lastIndexOf('.');
    const heading = headingOf(key.slice(0, first), first === last ? null : key.slice(first + 1, last));
    if (heading !== section) lines.push(heading);
    section = heading;
    const name = key.slice(last + 1);
    lines.push(value === null ? `\t${name}` : `\t${name} = ${quoted(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function headingOf(section: string, subsection: string | null): string {
  return subsection === null ? `[${section}]` : `[${section} "${subsection.replace(/["\\]/g, '\\$&')}"]`;
}

function quoted(value: string): string {
  const escaped = value.replace(/["\\]/g, '\\$&').replace(/[\n\t\b]/g, (sign) => ESCAPES[sign] ?? sign);
  return `"${escaped}"`;
}
