import type { Check, Verdict } from '../check.ts';

const PAGE = 'docs/dependencies.md';
const OURS = '@quarterdeck/';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Each dependency earns its line in docs/dependencies.md: what for, why this one, size. */
export const dependenciesPage: Check = {
  name: 'dependencies page',
  run: async (repository) => {
    const manifests = repository.paths.filter((path) => /(^|\/)package\.json$/.test(path));
    const page = repository.paths.includes(PAGE) ? repository.read(PAGE) : '';
    return compareWithPage(
      page,
      manifests.map((path): Manifest => JSON.parse(repository.read(path))),
    );
  },
};

/** The dependencies without a line on the page, and the lines about packages nobody depends on. */
export function compareWithPage(page: string, manifests: readonly Manifest[]): Verdict {
  const needed = new Set(manifests.flatMap(dependencyNames));
  const described = new Set([...page.matchAll(/^(?:\||-|\*)\s*`([^`]+)`/gm)].map(([, name = '']) => name));
  const missing = [...needed].filter((name) => !described.has(name)).sort();
  const stale = [...described].filter((name) => !needed.has(name)).sort();
  return {
    problems: [
      ...missing.map((name) => `${name} has no line in ${PAGE} (a row or item that starts with \`${name}\`)`),
      ...stale.map((name) => `${PAGE} describes ${name}, which no package.json names`),
    ],
  };
}

function dependencyNames(manifest: Manifest): readonly string[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    (name) => !name.startsWith(OURS),
  );
}
