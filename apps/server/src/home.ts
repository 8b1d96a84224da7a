import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Secrets a home keeps, each in a file only its owner can read. */
export interface HomeSecrets {
  /** Key that run tokens are derived from. */
  readonly serverKey: Buffer;
  readonly ownerToken: string;
  readonly runnerToken: string;
}

/** Thrown when the home cannot be used; its message is for a person. */
export class HomeUnusable extends Error {}

/** Makes the home if it is missing and reads or makes its secrets. The owner token can be given from outside. */
export async function openHome(home: string, givenOwnerToken: string | null): Promise<HomeSecrets> {
  await mkdir(home, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new HomeUnusable(
      `The home ${home} cannot be used (${error.code}). Choose another with QUARTERDECK_HOME.`,
      { cause: error },
    );
  });
  const key = await keep(join(home, 'server-key'), () => randomBytes(32).toString('hex'));
  const ownerToken =
    givenOwnerToken ??
    (await keep(join(home, 'owner-token'), () => `qdo_${randomBytes(32).toString('base64url')}`));
  if (givenOwnerToken !== null) await replace(join(home, 'owner-token'), givenOwnerToken);
  const runnerToken = await keep(
    join(home, 'runner-token'),
    () => `qdm_${randomBytes(32).toString('base64url')}`,
  );
  return { serverKey: Buffer.from(key, 'hex'), ownerToken, runnerToken };
}

async function keep(path: string, make: () => string): Promise<string> {
  const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (known.trim() !== '') return known.trim();
  const made = make();
  await replace(path, made);
  return made;
}

/** Written beside and renamed, so that a kill in between leaves the old file or the new one. */
async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
}
