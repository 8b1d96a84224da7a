import type { NamedPlace } from '@quarterdeck/contract/proposal';
import { asRecord } from './acp-update.ts';
import { isTextKey, linesBesideHunks, looksElsewhere, pathsInPatch, wordsOf } from './path-text.ts';

/** The places a request names: those it says are paths, and all else in it that could be one. */
export interface NamedPaths {
  readonly told: readonly string[];
  readonly hinted: readonly string[];
  /** False when there was too much to look through. */
  readonly isComplete: boolean;
}

/** Where a path leads; one entry or more. */
export type LookUp = (path: string) => readonly NamedPlace[];

/** Arguments that hold a command, which is judged as a command. */
export const COMMAND_KEYS = ['command', 'cmd'];

/** More than this is too much to look through, and then a person is asked. */
const MAX_PLACES = 400;

/** Where everything leads. What only might be a path counts when it leads elsewhere, or to a file that begins with a dot. */
export function namedPlaces(lookUp: LookUp, { told, hinted, isComplete }: NamedPaths): NamedPlace[] {
  const places = told.slice(0, MAX_PLACES).flatMap(lookUp);
  const suspects = hinted
    .slice(0, MAX_NAMES)
    .filter((path) => !told.includes(path))
    .flatMap(lookUp)
    .filter(({ inside }) => inside === null || /(^|\/)\./.test(inside));
  const isWhole = isComplete && told.length <= MAX_PLACES;
  const rest = isWhole ? [] : [{ path: '… and more', inside: null }];
  return [...places, ...suspects, ...rest];
}

interface Search {
  readonly told: Set<string>;
  readonly hinted: Set<string>;
  /** Names of arguments that are not searched, because they say something else. */
  readonly skipped: readonly string[];
  left: number;
}

const MAX_VALUES = 2000;
const MAX_NAMES = 500;
const MAX_DEPTH = 32;
const MAX_PATH = 4096;
const MAX_TEXT = 1024 * 1024;

const PATH_KEY =
  /^(paths?|files?|uris?|urls?|dirs?|director(y|ies)|folders?|cwd|root|locations?|targets?|sources?|src|dst|dest(ination)?|from|to|abs(olute)?|rel(ative)?)$/;
const ENDS_AS_PATH =
  /(path|paths|file|files|filename|filenames|uri|dir|dirs|directory|directories|folder|workdir|cwd)$/;

/** Looks through arguments of a call at any depth: values, names of fields, JSON inside of text, patches. */
export function findNamedPaths(inputs: readonly unknown[], skipped: readonly string[] = []): NamedPaths {
  const search: Search = { told: new Set(), hinted: new Set(), skipped, left: MAX_VALUES };
  for (const input of inputs) visit(search, { key: '', value: input, depth: 0 });
  const isComplete = search.left > 0 && search.told.size + search.hinted.size <= MAX_NAMES;
  return { told: [...search.told], hinted: [...search.hinted], isComplete };
}

interface Place {
  readonly key: string;
  readonly value: unknown;
  readonly depth: number;
}

function visit(search: Search, { key, value, depth }: Place): void {
  search.left -= depth > MAX_DEPTH ? MAX_VALUES : 1;
  if (search.left <= 0) return;
  if (typeof value === 'string') {
    visitText(search, { key, value, depth });
    return;
  }
  if (Array.isArray(value)) {
    for (const one of value) visit(search, { key, value: one, depth: depth + 1 });
    return;
  }
  for (const [name, inner] of Object.entries(asRecord(value) ?? {})) {
    if (depth === 0 && search.skipped.includes(name)) continue;
    if (search.left <= 0) return;
    hint(search, name);
    visit(search, { key: name, value: inner, depth: depth + 1 });
  }
}

function visitText(search: Search, { key, value, depth }: Place & { readonly value: string }): void {
  const text = value.trim();
  if (text === '') return;
  if (isTextKey(key)) {
    // Text of a file is not a path, but a text that is nothing else than a path elsewhere is worth a question.
    if (text.length <= MAX_PATH && !/\s/.test(text) && looksElsewhere(text)) search.hinted.add(text);
    return;
  }
  if (text.length > MAX_TEXT) search.left = 0;
  // Whatever else it can be read as, a program may take it as it stands.
  if (isPathKey(key)) search.told.add(value);
  else hint(search, value);
  const inner = parsed(text);
  const lines = text.split(/[\r\n\u2028\u2029]+/);
  if (inner !== null) visit(search, { key, value: inner, depth: depth + 1 });
  else if (lines.length > 1) visitLines(search, key, lines);
  else visitLine(search, key, text);
}

function visitLine(search: Search, key: string, text: string): void {
  if (isPathKey(key)) search.told.add(text);
  else if (mayBePath(text)) search.hinted.add(text);
  tellPatched(search, [text]);
  for (const word of wordsOf(text)) if (looksElsewhere(word) || isWay(word)) search.hinted.add(word);
}

function visitLines(search: Search, key: string, lines: readonly string[]): void {
  for (const line of tellPatched(search, lines) ? linesBesideHunks(lines) : lines) {
    const name = line.trim();
    if (isPathKey(key)) search.told.add(name);
    else if (looksElsewhere(name) || isWay(name)) search.hinted.add(name);
  }
}

/** Whether there were any. */
function tellPatched(search: Search, lines: readonly string[]): boolean {
  const { names, spelled } = pathsInPatch(lines);
  for (const name of names) search.told.add(name);
  for (const name of spelled) search.hinted.add(name);
  return names.length > 0;
}

/** A name may hold blanks and colons: taken below the folder, such a text counts where a link of that name leads elsewhere. */
function hint(search: Search, text: string): void {
  if (mayBePath(text)) search.hinted.add(text);
  else if (text.length <= MAX_PATH && !GLOB.test(text)) search.hinted.add(`./${text}`);
}

/** A plain way through folders, one of which can be a link. */
function isWay(text: string): boolean {
  return /[^/]\/[^/]/.test(text) && !/[\s:]/.test(text) && !GLOB.test(text) && text.length <= MAX_PATH;
}

const GLOB = /[*?[\]{}]/;

function mayBePath(text: string): boolean {
  return !/[\s:]/.test(text) || looksElsewhere(text);
}

function isPathKey(key: string): boolean {
  const plain = key.toLowerCase().replaceAll(/[_-]/g, '');
  return PATH_KEY.test(plain) || ENDS_AS_PATH.test(plain);
}

function parsed(text: string): unknown {
  if (!/^[[{"]/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value === text ? null : value;
  } catch {
    return null;
  }
}
