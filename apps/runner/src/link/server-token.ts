import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The runner's token, from the configuration or from `<home>/runner-token`, which the server writes on its first start.
 * Null while there is none; asked again at every connection, so that a fresh token is picked up without a restart.
 */
export async function readServerToken(config: {
  readonly token: string | null;
  readonly home: string;
}): Promise<string | null> {
  if (config.token !== null) return config.token;
  const text = await readFile(join(config.home, 'runner-token'), 'utf8').catch(() => '');
  return text.trim() || null;
}
