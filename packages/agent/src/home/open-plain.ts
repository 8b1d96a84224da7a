// Files of ours that lie where an agent could reach them: neither reading nor writing follows a link, waits for a pipe, or takes another
// name of somebody's file for ours.
import { closeSync, constants, fstatSync, openSync, rmSync } from 'node:fs';

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** Opens a file to read it; null when there is none, or what is there is no plain file with this one name. */
export function openToRead(path: string): number | null {
  return openPlain(path, O_RDONLY);
}

/** Opens a file of mode 0600 to append to it, making it when needed. What else lies there is replaced. */
export function openToAppend(path: string): number {
  const found = openPlain(path, O_WRONLY | O_APPEND);
  if (found !== null) return found;
  rmSync(path, { recursive: true, force: true });
  return openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, 0o600);
}

function openPlain(path: string, flags: number): number | null {
  let file: number;
  try {
    file = openSync(path, flags | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    // Missing, a link, a pipe without a reader, a folder, below something that is no folder, a socket.
    if (['ENOENT', 'ELOOP', 'EMLINK', 'ENXIO', 'EISDIR', 'ENOTDIR', 'EOPNOTSUPP'].includes(code)) return null;
    throw error;
  }
  const found = fstatSync(file);
  if (found.isFile() && found.nlink === 1) return file;
  closeSync(file);
  return null;
}
