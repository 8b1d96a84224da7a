import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DetectedAgent } from '@quarterdeck/contract/profile';
import { writeDurably } from '../runs/write-durably.ts';

const Remembered = DetectedAgent.array();
const fileIn = (runnerHome: string): string => join(runnerHome, 'agents.json');

/** Keeps what was found for a runner that is started again. */
export async function rememberAgents(runnerHome: string, agents: readonly DetectedAgent[]): Promise<void> {
  await writeDurably(fileIn(runnerHome), JSON.stringify(agents));
}

/** What an earlier runner found in the last `maxAgeMs`; null when there is nothing so young. */
export async function recallAgents(
  runnerHome: string,
  maxAgeMs: number,
): Promise<readonly DetectedAgent[] | null> {
  const path = fileIn(runnerHome);
  try {
    const ageMs = Date.now() - (await stat(path)).mtimeMs;
    if (ageMs > maxAgeMs) return null;
    return Remembered.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null;
  } catch {
    // Not there, or not readable: looking tells.
    return null;
  }
}
