import { detectAgents } from '@quarterdeck/agent/detect/detect-agents';
import { loadCatalogue } from './agents/load-catalogue.ts';
import type { RunnerConfig } from './config.ts';
import type { ProgramFiles } from './program-files.ts';
import type { WriteLog } from './write-log.ts';

/** Prints the agents of this machine as one JSON text (`DetectedAgent[]`) on standard output. */
export async function printDetected(
  config: RunnerConfig,
  deps: { readonly files: ProgramFiles; readonly log: WriteLog },
): Promise<void> {
  const profiles = await loadCatalogue({ home: config.home, ...deps });
  const agents = await detectAgents(profiles, { env: process.env, personHome: config.personHome });
  process.stdout.write(`${JSON.stringify(agents)}\n`);
}
