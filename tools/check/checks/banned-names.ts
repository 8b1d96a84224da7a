import type { Check } from '../check.ts';
import { parseSource } from '../parse-source.ts';
import type { SourceFile } from '../source-file.ts';
import { codeFiles, isTestFile, type SourceRepository } from '../source-repository.ts';

// A name that says nothing collects everything (docs/architecture.md, "Rules of the house").
const BANNED_WORDS = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'misc',
  'manager',
  'data',
  'info',
]);
const VERSION_WORD = /^v[2-9]$/;
const NUMBERED_KIND = /^(handler|service|engine|client|store)\d$/;

/** No file, folder or exported identifier has a name that says nothing, or names a second version of something. */
export const bannedNames: Check = {
  name: 'banned names',
  run: async (repository) => ({
    problems: [...findBannedPaths(repository.paths), ...findBannedExports(productCode(repository))],
  }),
};

/** Banned words in paths; each folder is reported once. */
export function findBannedPaths(paths: readonly string[]): readonly string[] {
  const problems = new Set<string>();
  for (const path of paths) {
    const segments = path.split('/');
    segments.forEach((segment, index) => {
      const word = bannedWord(segment.split('.')[0]?.split(/[-_]/) ?? []);
      if (word) problems.add(`${segments.slice(0, index + 1).join('/')} is named "${word}"`);
    });
    if (/(^|\/)types\.tsx?$/.test(path)) problems.add(`${path}: put each type into the file of its concept`);
  }
  return [...problems];
}

/** Banned words in the names a file exports. */
export function findBannedExports(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    exportedNames(file).flatMap((name) => {
      const word = bannedWord(splitIdentifier(name));
      return word ? [`${file.path} exports ${name}, named "${word}"`] : [];
    }),
  );
}

function productCode(repository: SourceRepository): readonly SourceFile[] {
  return codeFiles(repository).filter(({ path }) => !isTestFile(path));
}

function exportedNames(file: SourceFile): readonly string[] {
  return parseSource(file)
    .module.staticExports.flatMap((statement) => statement.entries)
    .filter((entry) => entry.moduleRequest === null)
    .flatMap((entry) => (entry.exportName.name ? [entry.exportName.name] : []));
}

function splitIdentifier(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_]+/);
}

function bannedWord(words: readonly string[]): string | undefined {
  const lower = words.map((word) => word.toLowerCase());
  if (lower[0] === 'new' && lower.length > 1) return 'new';
  return lower.find((word) => BANNED_WORDS.has(word) || VERSION_WORD.test(word) || NUMBERED_KIND.test(word));
}
