import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';

const LIMITS = { timeMs: 5_000, entries: 500_000 };
/** Entries looked at side by side: disks answer many at once. */
const SIDE_BY_SIDE = 64;
const BLOCK_BYTES = 512;

/**
 * What a folder takes on disk, bytes. Links are not followed, a file with many names counts once, and of a repository inside it the
 * objects do not count, which worktrees share. Null when it takes longer than 5 s or has more than 500,000 entries.
 */
export async function measureFolder(path: string, limits = LIMITS): Promise<number | null> {
  const tally: Tally = { counted: new Set(), folders: [path], bytes: 0 };
  const deadline = performance.now() + limits.timeMs;
  let entries = 0;
  for (let folder = tally.folders.pop(); folder !== undefined; folder = tally.folders.pop()) {
    for await (const paths of batches(folder)) {
      entries += paths.length;
      if (entries > limits.entries || performance.now() > deadline) return null;
      for (const found of await Promise.all(paths.map(look))) if (found) count(tally, found);
    }
  }
  return tally.bytes;
}

interface Tally {
  /** Files that can come again under another name. */
  readonly counted: Set<string>;
  /** Still to be looked into. */
  readonly folders: string[];
  bytes: number;
}

function count(tally: Tally, found: Found): void {
  if (tally.counted.has(found.key)) return;
  if (found.hasTwins) tally.counted.add(found.key);
  tally.bytes += found.bytes;
  if (found.isFolder && !isObjectStore(found.path)) tally.folders.push(found.path);
}

async function* batches(folder: string): AsyncGenerator<string[]> {
  // A folder that went away while it was measured takes nothing.
  const entries = await opendir(folder).catch(() => null);
  if (entries === null) return;
  let batch: string[] = [];
  for await (const entry of entries) {
    batch.push(join(folder, entry.name));
    if (batch.length < SIDE_BY_SIDE) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

interface Found {
  readonly path: string;
  readonly bytes: number;
  readonly isFolder: boolean;
  readonly hasTwins: boolean;
  readonly key: string;
}

async function look(path: string): Promise<Found | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return null;
  return {
    path,
    bytes: found.blocks * BLOCK_BYTES,
    isFolder: found.isDirectory(),
    hasTwins: found.nlink > 1 && !found.isDirectory(),
    key: `${found.dev}:${found.ino}`,
  };
}

function isObjectStore(path: string): boolean {
  return /[\\/]\.git[\\/]objects$/.test(path);
}
