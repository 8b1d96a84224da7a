// How paths look in text. Only what could lead elsewhere has to be found: a plain name below the workspace does no harm.

const HOME = /^~[\w.-]*([\\/]|$)/;
const VARIABLE = /^(\$\{?\w+\}?|%\w+%)[\\/]/;
const DRIVE_OR_SHARE = /^([a-z]:[\\/]|\\\\[^\\])/i;
const ADDRESS = /^[a-z][a-z0-9+.-]+:[\\/]|^file:/i;
const UPWARDS = /(^|[\\/])\.\.([\\/]|$)/;

/** Whether a text, taken as a path, leads out of the folder it is used in by its spelling alone. */
export function looksElsewhere(text: string): boolean {
  const signs = [/^[\\/]*\//, HOME, VARIABLE, DRIVE_OR_SHARE, ADDRESS, UPWARDS];
  return !/^\/+$/.test(text) && signs.some((sign) => sign.test(text));
}

/** The words of a line, parted where lists, options and pairs are parted. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,;|"'`(){}<>[\]=@]+|:(?![\\/])/).filter((word) => word !== '' && word !== text);
}

const TEXT_KEYS = new Set([
  'aiproposedcontent',
  'body',
  'code',
  'codeedit',
  'comment',
  'content',
  'contents',
  'description',
  'explanation',
  'filetext',
  'inserttext',
  'instruction',
  'instructions',
  'justification',
  'message',
  'newcontent',
  'newsource',
  'newstr',
  'newstring',
  'newtext',
  'oldcontent',
  'oldstr',
  'oldstring',
  'oldtext',
  'originalcontent',
  'plan',
  'prompt',
  'reason',
  'replacement',
  'summary',
  'text',
]);

/** Whether an argument of this name is text of a file or for a reader. */
export function isTextKey(key: string): boolean {
  return TEXT_KEYS.has(key.toLowerCase().replaceAll(/[_-]/g, ''));
}

// As tolerant as the most tolerant program that reads patches.
const PATCH_LINES = [
  /^\s*\*{3}\s*(?:Add|Create|Update|Modify|Delete|Remove|Rename|Move|Copy)\b[^:]*:(.+)$/i,
  /^\s*(?:-{3}|\+{3})\s+(?!\/dev\/null\s*$)(.+)$/,
  /^\s*Index:(.+)$/i,
  /^\s*(?:rename|copy)\s+(?:from|to)\s(.+)$/i,
];

interface PatchPaths {
  /** As git and patch read them, without `a/` and `b/`. */
  readonly names: readonly string[];
  /** As they stand there. */
  readonly spelled: readonly string[];
}

/** The files that a patch in one of the usual forms names. */
export function pathsInPatch(lines: readonly string[]): PatchPaths {
  const spelled = lines.flatMap((line) => {
    const compared = line.match(/^\s*diff\s+(?:-\S+\s+)+(.+)$/)?.[1];
    if (compared !== undefined) return namesCompared(compared);
    return PATCH_LINES.flatMap((form) => line.match(form)?.[1] ?? []).flatMap(spellings);
  });
  return { names: spelled.map((name) => unquoted(name.trim()).replace(/^[ab]\/(?!\/)/, '')), spelled };
}

function namesCompared(rest: string): readonly string[] {
  const pair = rest.match(/^("?a\/.+?"?) ("?b\/.+?"?)$/);
  return pair === null ? rest.split(/\s+/) : pair.slice(1);
}

/** A time may follow behind a tab. */
function spellings(rest: string): readonly string[] {
  const beforeTab = rest.replace(/^\s+/, '').split('\t')[0] ?? '';
  return [...new Set([beforeTab, rest.trim()])].filter((name) => name !== '');
}

/** A name in quotes is written as in C. */
function unquoted(name: string): string {
  if (!/^".*"$/.test(name)) return name;
  return name.slice(1, -1).replace(/\\([0-7]{1,3}|.)/g, (_, sign: string) => {
    return /^[0-7]/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8)) : sign;
  });
}

/** The lines of a patch that are neither text of a file nor the header of one. */
export function linesBesideHunks(lines: readonly string[]): readonly string[] {
  let isInHunk = false;
  return lines.filter((line) => {
    if (/^@@|^\s*\*{3}\s*(Add|Update)\b/i.test(line)) isInHunk = true;
    else if (/^(diff|Index:|---|\+\+\+|\*{3})/.test(line)) isInHunk = false;
    else return !isInHunk;
    return false;
  });
}
