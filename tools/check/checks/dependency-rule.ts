import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import type { Check, Verdict } from '../check.ts';
import { DEPENDENCY_RULES } from './dependency-rules.ts';
import { walkUsingDeclarations } from './walk-using.ts';

walkUsingDeclarations();

const FOLDERS = ['packages', 'apps', 'bench', 'e2e', 'tools'];

// Without a parser for TypeScript dependency-cruiser reads nothing and reports no violation.
const FEWEST_MODULES = 20;

/** Imports follow the layers; see dependency-rules.ts for each rule. */
export const dependencyRule: Check = {
  name: 'dependency rule',
  run: (repository) => judgeDependencies(repository.root, FEWEST_MODULES),
};

/** Reads every import below the root and reports those a rule forbids, or that too few modules were read. */
export async function judgeDependencies(root: string, fewestModules: number): Promise<Verdict> {
  const result = await cruiseFolders(root);
  const ours = result.modules.filter(
    ({ source }) => !source.includes('node_modules') && /\.m?tsx?$/.test(source),
  );
  const tooFew =
    ours.length < fewestModules
      ? [
          `only ${ours.length} TypeScript modules were read, expected at least ${fewestModules}; is @swc/core installed?`,
        ]
      : [];
  const broken = result.summary.violations.map((violation) => {
    const path = violation.cycle?.map(({ name }) => name).join(' → ') ?? violation.to;
    return `${violation.rule.name}: ${violation.from} → ${path}`;
  });
  return { problems: [...tooFew, ...broken], notes: [`${ours.length} modules read`] };
}

async function cruiseFolders(root: string): Promise<ICruiseResult> {
  const { output } = await cruise(
    FOLDERS.filter((folder) => existsSync(join(root, folder))),
    {
      baseDir: root,
      parser: 'swc',
      validate: true,
      ruleSet: { forbidden: [...DEPENDENCY_RULES] },
      combinedDependencies: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)(dist|generated)/' },
      moduleSystems: ['es6', 'cjs'],
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default', 'node'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.d.mts'],
      bustTheCache: true,
    },
  );
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output}`);
  return output;
}
