// Names of files are bytes. Where git says or is told them they are carried as latin1, one character for each byte.

/** A name of bytes as people read it. */
export function shown(path: string): string {
  return Buffer.from(path, 'latin1').toString('utf8');
}

/** The path of a name of bytes in a folder. */
export function pathOf(folder: string, name: string): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
}

/** A path as a shell takes it. */
export function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
