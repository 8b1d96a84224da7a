import { readSpec } from './spec.ts';

/** Drives the agent of the run in `runDir` to its end. Resolves when the agent is confirmed dead and all is written down. */
export async function runHost(runDir: string): Promise<void> {
  await readSpec(runDir);
}
