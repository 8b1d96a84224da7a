import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Profile } from '@quarterdeck/contract/profile';
import { z } from 'zod';
import { builtinProfiles } from './builtin-profiles.ts';
import type { DemoLaunch } from './demo.ts';
import { isPassable } from './passed-variables.ts';
import { type ProfileSources, resolveProfile } from './resolve-profile.ts';

export interface LoadedProfiles {
  readonly profiles: readonly Profile[];
  /** What is wrong with files of the person: file name and reason. */
  readonly problems: readonly ProfileProblem[];
}

export interface ProfileProblem {
  readonly file: string;
  readonly reason: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What the files of a person say, before anything is extended or checked. */
interface Written {
  readonly fields: ReadonlyMap<string, Fields>;
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly ProfileProblem[];
}

/**
 * The built-in profiles and those in `<home>/profiles/*.json`; one with the id of a built-in replaces it, and `extends` builds on
 * another. A bad file is reported and skipped.
 */
export async function loadProfiles(request: DemoLaunch & { readonly home: string }): Promise<LoadedProfiles> {
  const builtin = new Map(builtinProfiles(request).map((profile) => [profile.id, profile]));
  const written = await readWritten(join(request.home, 'profiles'));
  const sources = { own: written.fields, builtin };
  const found = new Map(builtin);
  const problems = [...written.problems];
  for (const [id, fields] of written.fields) {
    const file = written.files.get(id) ?? id;
    const read = readProfile(fields, sources);
    if (read.profile === null) problems.push({ file, reason: read.reason });
    else {
      found.set(id, read.profile);
      problems.push(...flawsOf(read.profile).map((reason) => ({ file, reason })));
    }
  }
  return {
    profiles: [...found.values()],
    problems: problems.toSorted((a, b) => a.file.localeCompare(b.file)),
  };
}

async function readWritten(folder: string): Promise<Written> {
  const fields = new Map<string, Fields>();
  const files = new Map<string, string>();
  const problems: ProfileProblem[] = [];
  for (const file of await listFiles(folder)) {
    const read = await readFields(join(folder, file));
    if (typeof read === 'string') problems.push({ file, reason: read });
    else if (files.has(read.id)) {
      const reason = `${files.get(read.id)} already defines the profile ${read.id}; give one of them another id`;
      problems.push({ file, reason });
    } else {
      fields.set(read.id, read.fields);
      files.set(read.id, file);
    }
  }
  return { fields, files, problems };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.json')).sort();
}

/** The fields and the id, or why there are none. */
async function readFields(path: string): Promise<{ readonly id: string; readonly fields: Fields } | string> {
  try {
    const fields: unknown = JSON.parse(await readFile(path, 'utf8'));
    const named = z.looseObject({ id: Profile.shape.id }).safeParse(fields);
    return named.success ? { id: named.data.id, fields: named.data } : explained(named.error);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Read = { readonly profile: Profile } | { readonly profile: null; readonly reason: string };

function readProfile(fields: Fields, sources: ProfileSources): Read {
  const resolved = resolveProfile(fields, sources);
  if (resolved.fields === null) return { profile: null, reason: resolved.reason };
  const parsed = Profile.safeParse(resolved.fields);
  return parsed.success ? { profile: parsed.data } : { profile: null, reason: explained(parsed.error) };
}

/** What of a profile that can be used has no effect. */
function flawsOf({ passEnv }: Profile): readonly string[] {
  return passEnv
    .filter((name) => !isPassable(name))
    .map(
      (name) =>
        `passEnv has ${name}, which is never passed on: it would change what the agent's programs run`,
    );
}

function explained(error: z.ZodError): string {
  return z.prettifyError(error).replace(/\s*\n\s*/g, ' ');
}
