import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The path with links resolved, also when its last part does not exist. */
export async function realPath(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  const parent = await realpath(dirname(path)).catch(() => dirname(path));
  return join(parent, basename(path));
}
