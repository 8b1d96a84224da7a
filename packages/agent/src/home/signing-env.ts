import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './git-settings.ts';
import type { GitSetting } from './read-git-file.ts';

/**
 * What signing needs of the person, when their settings ask for signatures: the folder of their keys, or the socket of their ssh agent.
 * Keys cannot be copied usefully, so these are the person's own, by reference.
 */
export function signingEnv(settings: readonly GitSetting[], { home, env }: Person): Record<string, string> {
  const last = (key: string) => settings.filter((setting) => setting.key === key).at(-1)?.value ?? null;
  const isWanted = settings.some(({ key, value }) => SWITCHES.includes(key) && isOn(value));
  if (!isWanted && last('user.signingkey') === null) return {};
  const socket = env['SSH_AUTH_SOCK'];
  if (last('gpg.format') === 'ssh') return socket ? { SSH_AUTH_SOCK: socket } : {};
  const keys = env['GNUPGHOME'] || join(home, '.gnupg');
  return existsSync(keys) ? { GNUPGHOME: keys } : {};
}

const SWITCHES: readonly string[] = [
  'commit.gpgsign',
  'tag.gpgsign',
  'tag.forcesignannotated',
  'push.gpgsign',
];

function isOn(value: string | null): boolean {
  return value === null || /^(true|yes|on|[1-9]\d*|if-asked)$/i.test(value);
}
