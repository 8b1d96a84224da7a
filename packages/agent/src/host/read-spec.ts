import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostSpec } from './spec.ts';

/**
 * Reads the spec of a run back; throws when it is missing. `writeSpec` checked it and wrote it in one step, so what is there is whole:
 * checking again would load the schemas before the agent could be started.
 */
export async function readSpec(runDir: string): Promise<HostSpec> {
  return JSON.parse(await readFile(join(runDir, 'spec.json'), 'utf8'));
}
