import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { pathOf } from './file-names.ts';

/** A folder with more entries than this is not searched to its end. */
const MOST_ENTRIES = 500_000;

/**
 * Pipes, sockets and devices in a folder, which git passes over without a word. Repositories inside and what is ignored are not
 * searched. Names are latin1.
 */
export async function findSpecialFiles(
  folder: string,
  ignored: readonly string[],
): Promise<readonly string[]> {
  const passedOver = new Set(ignored.map((path) => path.replace(/\/$/, '')));
  const found: string[] = [];
  const waiting = [''];
  let entries = 0;
  for (let prefix = waiting.pop(); prefix !== undefined && entries < MOST_ENTRIES; prefix = waiting.pop()) {
    for (const entry of await list(folder, prefix)) {
      entries += 1;
      const name = `${prefix}${entry.name}`;
      if (entry.name === '.git' || passedOver.has(name)) continue;
      if (entry.isDirectory()) waiting.push(`${name}/`);
      else if (!entry.isFile() && !entry.isSymbolicLink()) found.push(name);
    }
  }
  return found;
}

/** Names come as bytes in latin1. A folder that cannot be read holds nothing. */
function list(folder: string, prefix: string): Promise<readonly Dirent[]> {
  return readdir(pathOf(folder, prefix), { withFileTypes: true, encoding: 'latin1' }).catch(() => []);
}
