import { join } from 'node:path';
import { type DetectedAgent, FoundAgents } from '@quarterdeck/contract/profile';
import type { Context } from '../command/context.ts';
import { runnerEnvironment } from '../supervisor/runner-environment.ts';
import type { Check } from './check-machine.ts';
import { runQuietly } from './run-quietly.ts';

interface Detected {
  readonly agents: readonly DetectedAgent[];
  readonly checks: readonly Check[];
}

/** The agents the runner finds on this machine. The runner looks, because it is the one that starts them. */
export async function detectAgents({ terminal, place }: Context): Promise<Detected> {
  const printed = await runQuietly({
    file: process.execPath,
    args: [join(terminal.programFolder, 'runner.mjs'), 'detect', '--json'],
    env: { ...runnerEnvironment(terminal.env, { hasOwnToken: false }), QUARTERDECK_HOME: place.home },
    timeoutMs: 60_000,
  });
  const found = printed === null ? null : readFound(printed);
  if (found) {
    const checks = found.problems.map(({ file, reason }) => ({
      name: 'profile',
      isGood: false,
      message: `${file} in ${join(place.home, 'profiles')}: ${reason}`,
    }));
    return { agents: found.agents, checks };
  }
  const message = 'could not look for agents: runner.mjs is missing or failed. Build it: npm run build';
  return { agents: [], checks: [{ name: 'runner', isGood: false, message }] };
}

function readFound(printed: string): FoundAgents | null {
  try {
    return FoundAgents.parse(JSON.parse(printed));
  } catch {
    return null;
  }
}
