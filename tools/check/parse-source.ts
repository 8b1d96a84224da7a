import { parseSync } from 'vite';
import type { SourceFile } from './source-file.ts';

const parsed = new WeakMap<SourceFile, ReturnType<typeof parseSync>>();

/** The syntax tree, comments and exports of a source file. Vite's own parser reads TypeScript without its compiler. */
export function parseSource(file: SourceFile): ReturnType<typeof parseSync> {
  const known = parsed.get(file);
  if (known) return known;
  const result = parseSync(file.path, file.text);
  parsed.set(file, result);
  return result;
}

/** The line, counted from 1, that an offset of the text is on. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1))
    line += 1;
  return line;
}
