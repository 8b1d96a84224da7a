import type { Profile } from '@quarterdeck/contract/profile';
import type { ProgramFiles } from '../program-files.ts';
import type { WriteLog } from '../write-log.ts';

export interface CatalogueDeps {
  readonly home: string;
  readonly files: ProgramFiles;
  readonly log: WriteLog;
}

/** The agents this runner can start, read anew so that an edited profile counts from the next run on. */
export async function loadCatalogue(deps: CatalogueDeps): Promise<readonly Profile[]> {
  const { profiles, problems } = await readCatalogue(deps);
  for (const { file, reason } of problems) sayOnce(deps.log, `the profile ${file}: ${reason}`);
  return profiles;
}

/** The same, with what is wrong with files of the person. */
export async function readCatalogue({ home, files }: Omit<CatalogueDeps, 'log'>) {
  const { loadProfiles } = await import('@quarterdeck/agent/profiles/load-profiles');
  return loadProfiles({ home, demoAgentEntry: files.demoAgentEntry, nodePath: process.execPath });
}

const said = new Set<string>();

/** The files are read with every run: a log that repeats itself hides what is new in it. */
function sayOnce(log: WriteLog, text: string): void {
  if (said.has(text)) return;
  said.add(text);
  log(text);
}
