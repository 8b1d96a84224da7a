/** Longest name of an attachment, in UTF-16 units. */
const NAME_LIMIT = 200;
/** Longer endings are no file type but a part of the name. */
const EXTENSION_LIMIT = 20;
const NAMELESS = 'attachment';
/** Control characters, line separators, and marks that change the direction of text or cannot be seen. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** What some file system or shell does not take in a name. */
const AWKWARD = /[<>:"|?*]/g;
/** Names that Windows keeps for devices, whatever stands behind their first dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A name that is safe on every machine it is laid down on: no folders, no control or invisible characters, no leading dots, no
 * device names, at most 200 characters. The file type stays.
 */
export function cleanName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last.replace(INVISIBLE, '').replace(AWKWARD, '_').replace(/\s+/g, ' ');
  const trimmed = visible.replace(/^[. ]+|[. ]+$/g, '');
  if (trimmed === '') return NAMELESS;
  return shorten(trimmed.replace(DEVICE, '_$1'), NAME_LIMIT);
}

/** The name, or with " (2)", " (3)" … before its file type when a file of the task has it already. Case does not tell names apart. */
export function freeName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map(fold));
  let free = name;
  for (let copy = 2; known.has(fold(free)); copy += 1) free = numbered(name, copy);
  return free;
}

/** Whether `name` is what `freeName` makes of `wanted`, numbered or not. */
export function isNamedAfter(name: string, wanted: string): boolean {
  const copy = Number(/ \((\d+)\)(?:\.[^.]*)?$/.exec(name)?.[1] ?? 1);
  return fold(name) === fold(wanted) || (copy > 1 && fold(name) === fold(numbered(wanted, copy)));
}

function numbered(name: string, copy: number): string {
  const { stem, extension } = divide(name);
  const mark = ` (${copy})`;
  return `${cut(stem, NAME_LIMIT - mark.length - extension.length)}${mark}${extension}`;
}

function shorten(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const { stem, extension } = divide(name);
  return `${cut(stem, limit - extension.length)}${extension}`;
}

function divide(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && name.length - dot <= EXTENSION_LIMIT;
  return hasExtension
    ? { stem: name.slice(0, dot), extension: name.slice(dot) }
    : { stem: name, extension: '' };
}

/** Never ends in half of a character. */
function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

function fold(name: string): string {
  return name.toLowerCase();
}
