import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

const GLOB = /[*?[\]{}]/;
/** More than this is too much to look through. */
const MAX_ENTRIES = 5000;

/** A pattern that goes up behind its first sign, lists places elsewhere, or can be read as `..` by some program, can lead anywhere. */
export function isOddGlob(path: string): boolean {
  const segments = path.split('/');
  const first = segments.findIndex((segment) => GLOB.test(segment));
  if (first < 0) return false;
  return segments.slice(first).includes('..') || segments.some(isDotsByPattern) || hasOddBraces(path);
}

function hasOddBraces(path: string): boolean {
  if (!/[{}]/.test(path)) return false;
  const hasDotsInside = path.includes('..') || /[{,]\.|\.[,}]/.test(path);
  const canVanish = /[{,][,}]/.test(path) && /\.\{|\}\./.test(path);
  return hasDotsInside || canVanish || path.includes('\\') || /[{,][/~$]/.test(path);
}

/** `.*`, `.?`, `.[.]` and the like. */
function isDotsByPattern(segment: string): boolean {
  return /^\.(\*+|\*?\?\*?|\*?\[[^\]]*\]\*?)$/.test(segment);
}

/** Whether a link lies where a pattern can reach it, seen from the folder before its first sign; also when that is too much to find out. */
export function canReachLink(folder: string, pattern: readonly string[]): boolean {
  const depth = pattern.some((segment) => segment.includes('**')) ? Number.POSITIVE_INFINITY : pattern.length;
  const waiting = [{ folder, depth }];
  let left = MAX_ENTRIES;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entries = entriesIn(next.folder);
    left -= entries.length;
    if (left < 0 || entries.some((entry) => entry.isSymbolicLink())) return true;
    if (next.depth <= 1) continue;
    for (const entry of entries)
      if (entry.isDirectory()) waiting.push({ folder: join(next.folder, entry.name), depth: next.depth - 1 });
  }
  return false;
}

function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
