import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { DetectedAgent, Profile } from '@quarterdeck/contract/profile';
import { findCommand } from './find-command.ts';
import { limit } from './limit.ts';
import { readVersion } from './read-version.ts';

const VERSION_DEADLINE_MS = 10_000;
const MAX_PROCESSES = 3;

/** What detection may look at. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder, where agents keep their sign-in. */
  readonly personHome: string;
  /** Ends the looking: programs that were asked for their version are killed, and no further ones are asked. */
  readonly signal?: AbortSignal;
}

/** Which agents are here, signed in and of which version, in the order of the profiles. Never fails; at most 3 processes at once. */
export async function detectAgents(
  profiles: readonly Profile[],
  machine: Machine,
): Promise<readonly DetectedAgent[]> {
  const inTurn = limit(MAX_PROCESSES);
  return Promise.all(profiles.map((profile) => detectOne({ profile, machine, inTurn })));
}

interface Detection {
  readonly profile: Profile;
  readonly machine: Machine;
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

async function detectOne({ profile, machine, inTurn }: Detection): Promise<DetectedAgent> {
  const { env, signal } = machine;
  const [program, isSignedIn] = await Promise.all([
    findCommand(profile.command, env['PATH'] ?? ''),
    hasSignIn(profile, machine),
  ]);
  const question = { args: profile.detect.versionArgs, env, deadlineMs: VERSION_DEADLINE_MS, signal };
  const version =
    program === null || question.args.length === 0
      ? null
      : await inTurn(async () => (signal?.aborted ? null : readVersion({ program, ...question })));
  return {
    profile: profile.id,
    name: profile.name,
    initials: profile.initials,
    description: profile.description,
    isInstalled: program !== null,
    isSignedIn,
    version,
    remedy: chooseRemedy(profile, program !== null, isSignedIn),
    maxConcurrentRuns: profile.maxConcurrentRuns,
    maxRuntimeMs: profile.maxRuntimeMs,
  };
}

function chooseRemedy(profile: Profile, isInstalled: boolean, isSignedIn: boolean): string | null {
  if (!isInstalled)
    return profile.detect.install || `Install \`${profile.command}\` so that it is on the PATH.`;
  if (!isSignedIn) return profile.detect.signIn || `Sign in to ${profile.name}.`;
  return null;
}

async function hasSignIn({ detect }: Profile, { env, personHome }: Machine): Promise<boolean> {
  if (detect.signInFiles.length === 0 && detect.signInEnv.length === 0) return true;
  if (detect.signInEnv.some((name) => (env[name] ?? '') !== '')) return true;
  const found = await Promise.all(detect.signInFiles.map((path) => exists(join(personHome, path))));
  return found.includes(true);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
