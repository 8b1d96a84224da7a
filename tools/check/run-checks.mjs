// `npm run check`: every rule of the house. `npm run check -- banned` runs those whose name contains the word.
import { join } from 'node:path';
import { runMain } from '../runtime/refusal.mjs';
import { REPOSITORY_ROOT } from '../runtime/repository-root.mjs';
import { runTypeScript } from '../runtime/run-typescript.mjs';

await runMain(() => runTypeScript(join(REPOSITORY_ROOT, 'tools/check/main.ts'), process.argv.slice(2)));
