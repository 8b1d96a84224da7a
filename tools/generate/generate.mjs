// `npm run generate` writes every generated file; with --check it only says which are out of date and fails.
import { join } from 'node:path';
import { runMain } from '../runtime/refusal.mjs';
import { REPOSITORY_ROOT } from '../runtime/repository-root.mjs';
import { runTypeScript } from '../runtime/run-typescript.mjs';

await runMain(() => runTypeScript(join(REPOSITORY_ROOT, 'tools/generate/main.ts'), process.argv.slice(2)));
