import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '@quarterdeck/contract/profile';

const MAX_NAMES = 100;

/** The variables that a person's own settings of an agent name, such as the key of a provider. A file that is not there names none. */
export async function namedVariables(
  { passEnvFrom }: Pick<Profile, 'passEnvFrom'>,
  personHome: string,
): Promise<readonly string[]> {
  const named = await Promise.all(
    passEnvFrom.map(async ({ file, pattern }) => {
      const text = await readFile(join(personHome, file), 'utf8').catch(() => '');
      return [...text.matchAll(new RegExp(pattern, 'gm'))].map((match) => match[1] ?? '');
    }),
  );
  const names = named.flat().filter((name) => /^[A-Za-z_]\w*$/.test(name));
  return [...new Set(names)].slice(0, MAX_NAMES);
}
