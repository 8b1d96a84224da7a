import { REPOSITORY_ROOT } from '../runtime/repository-root.mjs';
import { bannedNames } from './checks/banned-names.ts';
import { dependenciesPage } from './checks/dependencies-page.ts';
import { dependencyRule } from './checks/dependency-rule.ts';
import { docsPaths } from './checks/docs-paths.ts';
import { featureReadmes } from './checks/feature-readmes.ts';
import { fileBudget } from './checks/file-budget.ts';
import { functionBudget } from './checks/function-budget.ts';
import { generatedFiles } from './checks/generated-files.ts';
import { lockfile } from './checks/lockfile.ts';
import { suppressions } from './checks/suppressions.ts';
import { toolCheck } from './checks/tool-check.ts';
import { formatOutcome, runTimed } from './report.ts';
import { openSourceRepository } from './source-repository.ts';

// The programs come first: they run beside this process while it does the rest.
const CHECKS = [
  toolCheck({
    name: 'types',
    script: 'node_modules/typescript/bin/tsc',
    args: ['--noEmit', '-p', 'tsconfig.json'],
  }),
  toolCheck({
    name: 'format and lint',
    script: 'node_modules/@biomejs/biome/bin/biome',
    args: ['ci', '--colors=off', '--max-diagnostics=50', '.'],
  }),
  toolCheck({ name: 'unused code', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] }),
  dependencyRule,
  bannedNames,
  fileBudget,
  functionBudget,
  suppressions,
  docsPaths,
  dependenciesPage,
  featureReadmes,
  generatedFiles,
  lockfile,
];

const wanted = process.argv.slice(2);
const selected = CHECKS.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
const repository = openSourceRepository(REPOSITORY_ROOT);
const outcomes = await Promise.all(selected.map((check) => runTimed(check, repository)));
for (const outcome of outcomes) console.log(formatOutcome(outcome));

const failed = outcomes.filter(({ problems }) => problems.length > 0);
console.log(
  `\n${outcomes.length - failed.length} of ${outcomes.length} checks hold${failed.length > 0 ? `; broken: ${failed.map(({ name }) => name).join(', ')}` : ''}`,
);
process.exitCode = failed.length > 0 || outcomes.length === 0 ? 1 : 0;
