import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generator } from './generator.ts';
import { GENERATORS } from './generators.ts';

/** The generated files that differ from what their generators write now, or are missing. */
export async function findStaleFiles(
  root: string,
  generators: readonly Generator[] = GENERATORS,
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { output, render } of generators) {
    const path = join(root, output);
    const present = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (present !== (await render())) stale.push(output);
  }
  return stale;
}
