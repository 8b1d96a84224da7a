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

const PATCH_LINES = [
  /^\*\*\* (?:Add|Update|Delete) File: (.+)$/,
  /^\*\*\* Move to: (.+)$/,
  /^(?:---|\+\+\+) (?!\/dev\/null)([^\t]+)/,
  /^Index: (.+)$/,
  /^(?:rename|copy) (?:from|to) (.+)$/,
];

/** The files that a patch in one of the usual forms names. */
export function pathsInPatch(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const git = line.match(/^diff --git "?a\/(.+?)"? "?b\/(.+?)"?$/);
    if (git !== null) return git.slice(1);
    const [name] = PATCH_LINES.flatMap((form) => line.match(form)?.[1]?.trim() ?? []);
    return name === undefined ? [] : [name.replace(/^"?[ab]\/(?!\/)(.+?)"?$/, '$1')];
  });
}
