import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Check } from '../check.ts';
import type { SourceFile } from '../source-file.ts';

const DOCS = /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$|^packages\/core\/src\/[^/]+\/README\.md$/;
const FOLDER_PATH = /^(\.\/)?(apps|packages|tools|bench|e2e|docs|\.ci)\/[\w./*{},@-]*$/;
const FILE_NAME = /^[\w.@-][\w./@-]*\.(ts|tsx|mjs|cjs|css|sql|md)$/;

/** Every path and file that a document names in backticks exists. */
export const docsPaths: Check = {
  name: 'paths in docs',
  run: async (repository) => {
    const docs = repository.paths.filter((path) => DOCS.test(path));
    const files = docs.map((path) => ({ path, text: repository.read(path) }));
    return { problems: files.flatMap((file) => findDeadPaths(file, repository.root, repository.paths)) };
  },
};

/** The paths named in a document that lead nowhere, seen from the root, from the document, or by file name alone. */
export function findDeadPaths(doc: SourceFile, root: string, paths: readonly string[]): readonly string[] {
  const lines = withoutCodeBlocks(doc.text).split('\n');
  return lines.flatMap((line, index) =>
    [...line.matchAll(/`([^`\s]+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => isPath(name) && !leadsSomewhere(name, doc, root, paths))
      .map((name) => `${doc.path}:${index + 1} names \`${name}\`, which does not exist`),
  );
}

/** Blanks fenced blocks but keeps their lines, so that line numbers stay true. */
function withoutCodeBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ''));
}

function isPath(name: string): boolean {
  return FOLDER_PATH.test(name) || FILE_NAME.test(name);
}

function leadsSomewhere(name: string, doc: SourceFile, root: string, paths: readonly string[]): boolean {
  const places = [name, join(dirname(doc.path), name)];
  if (/[*{]/.test(name)) return places.some((place) => globSync(place, { cwd: root }).length > 0);
  return (
    places.some((place) => existsSync(join(root, place))) || paths.some((path) => path.endsWith(`/${name}`))
  );
}
