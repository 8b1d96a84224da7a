import { detectAgents } from '@quarterdeck/agent/detect/detect-agents';
import { readCatalogue } from './agents/load-catalogue.ts';
import type { RunnerConfig } from './config.ts';
import type { ProgramFiles } from './program-files.ts';

/** Prints the agents of this machine, and what is wrong with profiles of the person, as one JSON text on standard output. */
export async function printDetected(
  config: RunnerConfig,
  deps: { readonly files: ProgramFiles },
): Promise<void> {
  const { profiles, problems } = await readCatalogue({ home: config.home, files: deps.files });
  const agents = await detectAgents(profiles, { env: process.env, personHome: config.personHome });
  process.stdout.write(`${JSON.stringify({ agents, problems })}\n`);
}
