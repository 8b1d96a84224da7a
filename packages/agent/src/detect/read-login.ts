import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Login, LoginState, Profile } from '@quarterdeck/contract/profile';
import { namedVariables } from '../profiles/named-variables.ts';

/** What is known of a person's sign-in on this machine. Whether a provider accepts it, only a run tells. */
export async function readLogin(
  profile: Pick<Profile, 'detect' | 'passEnvFrom'>,
  where: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly personHome: string;
    readonly now: number;
  },
): Promise<LoginState> {
  const { signInFiles, signInEnv, logins } = profile.detect;
  if (signInFiles.length + signInEnv.length + logins.length === 0) return 'unneeded';
  const { env, personHome, now } = where;
  const isSet = (name: string) => (env[name] ?? '') !== '';
  if (signInEnv.some(isSet) || (await namedVariables(profile, personHome)).some(isSet)) return 'present';
  const read = (file: string) => readFile(join(personHome, file), 'utf8').catch(() => null);
  const files = await Promise.all(signInFiles.map(read));
  if (files.some((text) => text !== null)) return 'present';
  const states = await Promise.all(logins.map(async (login) => stateOf(login, await read(login.file), now)));
  if (states.includes('present')) return 'present';
  return states.includes('expired') ? 'expired' : 'missing';
}

/** What one file says. A file that cannot be understood counts as a sign-in: its agent may know better. */
export function stateOf(login: Login, text: string | null, now: number): Exclude<LoginState, 'unneeded'> {
  if (text === null) return 'missing';
  if (login.pattern !== null && !new RegExp(login.pattern, 'm').test(text)) return 'missing';
  if (login.unless !== null && new RegExp(login.unless, 'm').test(text)) return 'missing';
  const expiry = expiryIn(login, text);
  return expiry !== null && expiry <= now ? 'expired' : 'present';
}

/** Until when it holds, ms; null when that is not said, or when it is renewed by itself. */
function expiryIn({ expiresAt, token, renewedBy }: Login, text: string): number | null {
  if (expiresAt === null && token === null) return null;
  const json = parsed(text);
  if (renewedBy !== null && typeof valueAt(json, renewedBy) === 'string' && valueAt(json, renewedBy) !== '')
    return null;
  const stated = expiresAt === null ? null : millis(valueAt(json, expiresAt));
  return stated ?? (token === null ? null : tokenExpiry(valueAt(json, token)));
}

/** Seconds, milliseconds or a date, as agents write it. */
function millis(value: unknown): number | null {
  if (typeof value === 'string') return Number.isNaN(Date.parse(value)) ? null : Date.parse(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return value > 1e9 && value < 1e11 ? value * 1000 : value;
}

/** The `exp` of a JSON web token, ms; null for anything else. It is not checked: only its owner is fooled. */
function tokenExpiry(token: unknown): number | null {
  if (typeof token !== 'string') return null;
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  const exp = valueAt(parsed(Buffer.from(payload, 'base64url').toString('utf8')), 'exp');
  return typeof exp === 'number' ? exp * 1000 : null;
}

function valueAt(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, json);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
