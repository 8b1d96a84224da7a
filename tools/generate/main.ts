import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY_ROOT } from '../runtime/repository-root.mjs';
import { GENERATORS } from './generators.ts';
import { findStaleFiles } from './stale-files.ts';

const isCheck = process.argv.includes('--check');
const stale = await findStaleFiles(REPOSITORY_ROOT);

for (const { output, render } of isCheck ? [] : GENERATORS) {
  if (!stale.includes(output)) continue;
  mkdirSync(dirname(join(REPOSITORY_ROOT, output)), { recursive: true });
  writeFileSync(join(REPOSITORY_ROOT, output), await render());
}

for (const path of stale)
  console.log(isCheck ? `${path} is out of date; run npm run generate` : `wrote ${path}`);
if (stale.length === 0) console.log(`${GENERATORS.length} generated files are up to date`);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;
