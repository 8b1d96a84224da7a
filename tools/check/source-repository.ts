import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './source-file.ts';

/** What the checks read: the files git knows or would add, so nothing built or installed. */
export interface SourceRepository {
  readonly root: string;
  readonly paths: readonly string[];
  readonly read: (path: string) => string;
}

const SOURCE_FILE = /\.(ts|tsx|mts|mjs|cjs|js|css|sql)$/;
const CODE_FILE = /\.(ts|tsx|mts|mjs|cjs|js)$/;

/** Lists the repository's files through git; contents are read once. */
export function openSourceRepository(root: string): SourceRepository {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const isFile = (path: string) => existsSync(join(root, path)) && statSync(join(root, path)).isFile();
  const paths = [...new Set(listed.split('\0'))].filter((path) => path !== '' && isFile(path)).sort();
  const texts = new Map<string, string>();
  const read = (path: string) => {
    const text = texts.get(path) ?? readFileSync(join(root, path), 'utf8');
    texts.set(path, text);
    return text;
  };
  return { root, paths, read };
}

/** Every file with code, style or SQL in it. */
export function sourceFiles(repository: SourceRepository): readonly SourceFile[] {
  return matching(repository, SOURCE_FILE);
}

/** Every file with TypeScript or JavaScript in it. */
export function codeFiles(repository: SourceRepository): readonly SourceFile[] {
  return matching(repository, CODE_FILE);
}

function matching(repository: SourceRepository, pattern: RegExp): readonly SourceFile[] {
  return repository.paths
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: repository.read(path) }));
}

/** Tests, conformance suites and what only they use. */
export function isTestFile(path: string): boolean {
  return /\.(test|suite)\.\w+$/.test(path) || /^(e2e|packages\/testkit)\/|\/(testing|fixtures)\//.test(path);
}

/** Written by a generator, not by a person. */
export function isGeneratedFile(path: string): boolean {
  return /(^|\/)generated\//.test(path) || /\.generated\.\w+$/.test(path);
}
