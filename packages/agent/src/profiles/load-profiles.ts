import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Profile } from '@quarterdeck/contract/profile';
import { z } from 'zod';
import { builtinProfiles } from './builtin-profiles.ts';
import type { DemoLaunch } from './demo.ts';

export interface LoadedProfiles {
  readonly profiles: readonly Profile[];
  /** Files of the person that could not be used: file name and reason. */
  readonly problems: readonly ProfileProblem[];
}

export interface ProfileProblem {
  readonly file: string;
  readonly reason: string;
}

/** The built-in profiles and those in `<home>/profiles/*.json`; one with the id of a built-in replaces it. A bad file is reported and skipped. */
export async function loadProfiles(request: DemoLaunch & { readonly home: string }): Promise<LoadedProfiles> {
  const folder = join(request.home, 'profiles');
  const found = new Map(builtinProfiles(request).map((profile) => [profile.id, profile]));
  const writtenBy = new Map<string, string>();
  const problems: ProfileProblem[] = [];
  for (const file of await listFiles(folder)) {
    const read = await readProfile(join(folder, file));
    const earlier = read.profile === null ? undefined : writtenBy.get(read.profile.id);
    if (read.profile === null) problems.push({ file, reason: read.reason });
    else if (earlier !== undefined) {
      problems.push({
        file,
        reason: `${earlier} already defines the profile ${read.profile.id}; give one of them another id`,
      });
    } else {
      found.set(read.profile.id, read.profile);
      writtenBy.set(read.profile.id, file);
    }
  }
  return { profiles: [...found.values()], problems };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).sort();
}

type Read = { readonly profile: Profile } | { readonly profile: null; readonly reason: string };

async function readProfile(path: string): Promise<Read> {
  try {
    const parsed = Profile.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success
      ? { profile: parsed.data }
      : { profile: null, reason: z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ') };
  } catch (error) {
    return { profile: null, reason: (error as Error).message };
  }
}
