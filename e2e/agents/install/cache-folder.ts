import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the agents are kept between runs: QUARTERDECK_AGENTS_CACHE, else below the person's cache folder. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own = env['QUARTERDECK_AGENTS_CACHE'];
  if (own) return own;
  const caches = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  return join(caches, 'quarterdeck', 'agents');
}
