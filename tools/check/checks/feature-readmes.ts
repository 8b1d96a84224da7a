import type { Check } from '../check.ts';
import type { SourceFile } from '../source-file.ts';

const README = /^packages\/core\/src\/[^/]+\/README\.md$/;
const LONGEST = 40;

/** Every feature of the core has a README of at most 40 lines: its words, invariants and use cases. */
export const featureReadmes: Check = {
  name: 'feature readmes',
  run: async (repository) => {
    const readmes = repository.paths
      .filter((path) => README.test(path))
      .map((path) => ({ path, text: repository.read(path) }));
    return { problems: judgeReadmes(repository.paths, readmes) };
  },
};

/** Features without a README and READMEs that are too long. */
export function judgeReadmes(paths: readonly string[], readmes: readonly SourceFile[]): readonly string[] {
  const faces = paths.filter((path) => /^packages\/core\/src\/[^/]+\/index\.ts$/.test(path));
  const expected = faces.map((face) => face.replace(/index\.ts$/, 'README.md'));
  const missing = expected.filter((path) => !readmes.some((readme) => readme.path === path));
  const long = readmes.filter(({ text }) => text.trimEnd().split('\n').length > LONGEST);
  return [
    ...missing.map((path) => `${path} is missing`),
    ...long.map(
      ({ path, text }) => `${path} has ${text.trimEnd().split('\n').length} lines; the limit is ${LONGEST}`,
    ),
  ];
}
