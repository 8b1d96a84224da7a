import type { DetectedAgent, LoginState, Profile } from '@quarterdeck/contract/profile';
import { findCommand } from './find-command.ts';
import { limit } from './limit.ts';
import { readLogin } from './read-login.ts';
import { readVersion, type VersionAnswer } from './read-version.ts';
import { warningsFor } from './warnings-for.ts';

const VERSION_DEADLINE_MS = 10_000;
const MAX_PROCESSES = 3;

/** What detection may look at. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The person's home folder, where agents keep their sign-in. */
  readonly personHome: string;
  /** Ends the looking: programs that were asked for their version are killed, and no further ones are asked. */
  readonly signal?: AbortSignal;
  /** By which it is judged whether a login has expired; the clock's when left out. */
  readonly now?: number;
}

/**
 * Which agents are here, signed in and of which version, in the order of the profiles. One whose profile nobody has tried is left out
 * unless it is here. Never fails; at most 3 processes at once.
 */
export async function detectAgents(
  profiles: readonly Profile[],
  machine: Machine,
): Promise<readonly DetectedAgent[]> {
  const inTurn = limit(MAX_PROCESSES);
  const found = await Promise.all(profiles.map((profile) => detectOne({ profile, machine, inTurn })));
  return found.filter((agent, at) => agent.isInstalled || profiles[at]?.detect.isUntried !== true);
}

interface Detection {
  readonly profile: Profile;
  readonly machine: Machine;
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

async function detectOne({ profile, machine, inTurn }: Detection): Promise<DetectedAgent> {
  const { env, personHome, now = Date.now() } = machine;
  const [program, login] = await Promise.all([
    findCommand(profile.command, env['PATH'] ?? ''),
    readLogin(profile, { env, personHome, now }),
  ]);
  const answer = await askVersion({ profile, machine, inTurn }, program);
  return {
    profile: profile.id,
    name: profile.name,
    initials: profile.initials,
    description: profile.description,
    isInstalled: program !== null,
    isSignedIn: login === 'present' || login === 'unneeded',
    login,
    version: answer.version,
    remedy: chooseRemedy(profile, program !== null, login),
    warnings: [...warningsFor(profile, answer)],
    maxConcurrentRuns: profile.maxConcurrentRuns,
    maxRuntimeMs: profile.maxRuntimeMs,
  };
}

async function askVersion(
  { profile, machine, inTurn }: Detection,
  program: string | null,
): Promise<VersionAnswer> {
  const { env, signal } = machine;
  const args = profile.detect.versionArgs;
  const nothing = { version: null, fault: null };
  if (program === null || args.length === 0) return nothing;
  const question = { program, args, env, deadlineMs: VERSION_DEADLINE_MS, signal };
  return inTurn(async () => (signal?.aborted ? nothing : readVersion(question)));
}

function chooseRemedy(
  { detect, command, name }: Profile,
  isInstalled: boolean,
  login: LoginState,
): string | null {
  if (!isInstalled) return detect.install || `Install \`${command}\` so that it is on the PATH.`;
  const signIn = detect.signIn || `Sign in to ${name}.`;
  if (login === 'missing') return signIn;
  return login === 'expired' ? `Its login has expired. ${signIn}` : null;
}
