import { mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Kernels keep a socket's path in 104 (macOS) or 108 (Linux) bytes, with the closing zero.
const MAX_PATH_BYTES = 103;

/** Where the host of a run listens: in the run folder, or in a short private folder when that path would be too long. */
export function socketPathFor(runDir: string): string {
  const inRunDir = join(runDir, 'host.sock');
  if (Buffer.byteLength(inRunDir) <= MAX_PATH_BYTES) return inRunDir;
  // Importing it costs every host 5 ms before its agent is started, and few need it.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const name = createHash('sha256').update(runDir).digest('hex').slice(0, 24);
  return join(privateFolder(), `${name}.sock`);
}

function privateFolder(): string {
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `qd-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = statSync(folder);
  // The system's temporary folder is shared: a folder someone else prepared could hand him the socket.
  if (owner !== uid || (mode & 0o077) !== 0) {
    throw new Error(`${folder} must belong to you alone. Remove it, or run chmod 700 on it, and try again.`);
  }
  return folder;
}
