import { parseInside } from './unwrap-json.ts';

/** One value of an error: the name it stands under, small letters without `-` and `_`, and what surrounds it. */
export interface ErrorField {
  readonly key: string;
  /** Names from the outside in, `key` last. */
  readonly path: string;
  readonly value: string | number;
}

/** An error as plain values, whatever way an agent wrapped it. */
export interface ErrorFields {
  readonly code: number | null;
  readonly message: string;
  /** Every string and number in it, the outermost first. */
  readonly fields: readonly ErrorField[];
}

const MAX_DEPTH = 16;
const MAX_FIELDS = 400;
const MAX_TEXT = 4000;
// What was asked of the model is sent back with some errors, and can speak of anything; so can stacks and settings.
const ECHOES =
  /^(?:request(?:body.*|headers|values|options)?|prompt|messages|input|tools|system|instructions|config|settings|options|stack|useragent|authorization)$/;

/** Reads an error of any shape. Never throws: a getter or a ring in it counts as nothing. */
export function readError(error: unknown): ErrorFields {
  const found: ErrorField[] = [];
  try {
    collect(error, { path: [], depth: 0, seen: new Set() }, found);
  } catch {
    // A proxy or getter of a strange error object; what was read until then stands.
  }
  const own = found.find(({ path }) => path === 'message');
  const code = found.find(({ path, value }) => path === 'code' && typeof value === 'number');
  const message = typeof error === 'string' ? error : String(own?.value ?? '');
  return { code: code === undefined ? null : Number(code.value), message, fields: found };
}

interface Place {
  readonly path: readonly string[];
  readonly depth: number;
  readonly seen: ReadonlySet<unknown>;
}

function collect(value: unknown, place: Place, found: ErrorField[]): void {
  if (found.length >= MAX_FIELDS || place.depth > MAX_DEPTH) return;
  if (typeof value === 'number' || typeof value === 'string') collectPlain(value, place, found);
  else if (typeof value === 'object' && value !== null && !place.seen.has(value))
    collectParts(value, place, found);
}

/** A text can be JSON itself, or hold some. */
function collectPlain(value: string | number, place: Place, found: ErrorField[]): void {
  put(value, place.path, found);
  const inner = typeof value === 'string' ? parseInside(value.slice(0, MAX_TEXT * 4)) : null;
  if (inner !== null) collect(inner, { ...place, depth: place.depth + 1 }, found);
}

function collectParts(value: object, place: Place, found: ErrorField[]): void {
  const pair = asPair(value);
  const within = { depth: place.depth + 1, seen: new Set([...place.seen, value]) };
  for (const [name, part] of pair === null ? partsOf(value) : [pair]) {
    const key = plainKey(name);
    if (ECHOES.test(key)) continue;
    const isItem = pair === null && Array.isArray(value);
    collect(part, { ...within, path: isItem ? place.path : [...place.path, key] }, found);
  }
}

function put(value: string | number, path: readonly string[], found: ErrorField[]): void {
  const text = typeof value === 'string' ? value.slice(0, MAX_TEXT) : value;
  found.push({ key: path.at(-1) ?? '', path: path.join('.'), value: text });
}

function partsOf(value: object): readonly (readonly [string, unknown])[] {
  // The fields of an `Error` are not enumerable.
  const own =
    value instanceof Error ? [['message', value.message] as const, ['cause', value.cause] as const] : [];
  const entries =
    value instanceof Map || value instanceof Headers ? [...value.entries()] : Object.entries(value);
  return [...own, ...entries.map(([name, part]): readonly [string, unknown] => [String(name), part])];
}

/** A header as `["retry-after", "30"]`, which is how some libraries print them. */
function asPair(value: object): readonly [string, string | number] | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [name, content]: readonly unknown[] = value;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9_-]{1,60}$/i.test(name)) return null;
  return typeof content === 'string' || typeof content === 'number' ? [name, content] : null;
}

function plainKey(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}
