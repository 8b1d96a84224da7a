import type { Check, Verdict } from '../check.ts';
import type { SourceFile } from '../source-file.ts';
import { isGeneratedFile, isTestFile, sourceFiles } from '../source-repository.ts';

const LIMIT = 400;
const LOOSE_LIMIT = 600;
const SHOWN = 10;

/** Files are at most 400 lines, tests and generated ones 600: more than one idea lives in a longer one. */
export const fileBudget: Check = {
  name: 'file budget',
  run: async (repository) => judgeFileLengths(sourceFiles(repository)),
};

/** Judges files by their number of lines and notes the ten longest. */
export function judgeFileLengths(files: readonly SourceFile[]): Verdict {
  const measured = files
    .map(({ path, text }) => ({ path, lines: countLines(text), limit: limitOf(path) }))
    .sort((left, right) => right.lines - left.lines);
  return {
    problems: measured
      .filter(({ lines, limit }) => lines > limit)
      .map(({ path, lines, limit }) => `${path} has ${lines} lines; the limit is ${limit}`),
    notes: measured.slice(0, SHOWN).map(({ path, lines }) => `${String(lines).padStart(4)} lines  ${path}`),
  };
}

function limitOf(path: string): number {
  return isTestFile(path) || isGeneratedFile(path) ? LOOSE_LIMIT : LIMIT;
}

function countLines(text: string): number {
  const lines = text.split('\n').length;
  return text.endsWith('\n') ? lines - 1 : lines;
}
