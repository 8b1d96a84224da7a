// The home of an agent: what its profile writes, links to the sign-in files that its program renews, and copies of the person's settings.
import { lstat, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import type { Profile } from '@quarterdeck/contract/profile';
import { clearAway } from './clear-away.ts';
import { copyAllowance, copyIn } from './copy-in.ts';
import { copyGitSettings, type GitCopy, type Person, SYSTEM_COPY, xdgConfig } from './git-settings.ts';
import { placeFile, placeFolder, placeInFolder, placeLink } from './place.ts';
import { signingEnv } from './signing-env.ts';

export interface HomePlan {
  readonly agentHome: string;
  readonly person: Person;
  readonly profile: Pick<Profile, 'files' | 'link' | 'copy'>;
  /** Fills in what only the run knows. */
  readonly fillIn: (text: string) => string;
}

export interface PreparedHome {
  /** What the agent's git needs beside the files. */
  readonly env: Readonly<Record<string, string>>;
  /** What a person should know about it, in whole sentences. */
  readonly notes: readonly string[];
}

const OWN_FOLDERS = ['.config', '.local/share', '.local/state', '.cache'] as const;
/** Profiles of the time before there were copies link them. */
const GIT_FILES: readonly string[] = ['.gitconfig', '.config/git', '.config/git/config'];

/** Makes the home, or brings the one of an earlier attempt up to date. Whatever an agent put where something belongs is replaced, never followed. */
export async function prepareHome({ agentHome, person, profile, fillIn }: HomePlan): Promise<PreparedHome> {
  for (const path of [...profile.link, ...profile.copy, ...Object.keys(profile.files)]) mustLieBelow(path);
  await mkdir(dirname(agentHome), { recursive: true, mode: 0o700 });
  await placeFolder(dirname(agentHome), basename(agentHome));
  for (const folder of OWN_FOLDERS) await placeFolder(agentHome, folder);
  const tooMuch = await copySettings(agentHome, person, profile);
  const git = await bringGitSettings(agentHome, person);
  const links = profile.link.filter((path) => !GIT_FILES.includes(clean(path)));
  const refused = links.filter((path) => holdsMore(profile, path));
  for (const path of links) {
    const isBelowAnother = links.some((other) => isBelow(path, other) && !refused.includes(other));
    if (!isBelowAnother && !refused.includes(path)) await linkIn(agentHome, person, path);
  }
  for (const [path, content] of Object.entries(profile.files)) {
    // A trailing slash asks for an empty folder.
    if (path.endsWith('/')) await placeFolder(agentHome, path);
    else await placeFile(agentHome, path, { content: fillIn(content) });
  }
  return { env: git.env, notes: [...tooMuch, ...refused.map(refusal), ...git.notes] };
}

async function copySettings(
  root: string,
  person: Person,
  profile: HomePlan['profile'],
): Promise<readonly string[]> {
  const allowance = copyAllowance();
  const notes: string[] = [];
  for (const path of profile.copy) {
    const isLinked = profile.link.some((link) => clean(link) === clean(path) || isBelow(path, link));
    if (GIT_FILES.includes(clean(path)) || isLinked) continue;
    if (OWN_FOLDERS.some((folder) => folder === clean(path) || isBelow(folder, path))) {
      notes.push(refusal(path));
      continue;
    }
    const copied = await copyIn({ root, path, source: personPath(person, path) }, allowance);
    if (copied === 'too much')
      notes.push(
        `${path} of your home was not copied into the agent's home: there is too much in it. Name what the agent needs of it in the profile.`,
      );
  }
  return notes;
}

async function bringGitSettings(root: string, person: Person): Promise<PreparedHome> {
  await clearAway(join(root, '.config/git'));
  const git = await copyGitSettings(person, root);
  for (const [path, content] of Object.entries(git.files)) await placeFile(root, path, { content });
  const asides = ['ignore', 'attributes', 'credentials'].map((name) => ({
    source: join(xdgConfig(person), 'git', name),
    path: `.config/git/${name}`,
  }));
  // Passwords come along only where the person's git would look for them.
  const wanted = asides.filter(({ path }) => !path.endsWith('credentials') || git.stores.length > 0);
  const allowance = copyAllowance();
  for (const { source, path } of [...wanted, ...git.stores]) await copyIn({ root, path, source }, allowance);
  const notes = git.broken.map(
    (path) =>
      `git cannot read ${path}, so the agent's git does without it. Run \`git config --file ${path} --list\` to see why.`,
  );
  return { env: gitEnv(git, root, person), notes };
}

function gitEnv(git: GitCopy, root: string, { home, env }: Person): Record<string, string> {
  const asSaid = ['GIT_CONFIG_NOSYSTEM', 'GIT_CONFIG_SYSTEM', ...IDENTITY].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(asSaid),
    ...(git.hasSystem ? { GIT_CONFIG_SYSTEM: join(root, SYSTEM_COPY) } : {}),
    ...signingEnv(git.settings, { home, env }),
  };
}

// Some people say who they are in their environment.
const IDENTITY = [
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'EMAIL',
];

async function linkIn(root: string, person: Person, path: string): Promise<void> {
  const source = personPath(person, path);
  const theirs = await stat(source).catch(() => null);
  if (theirs === null) return;
  const link = await placeInFolder(root, path);
  const own = await lstat(link).catch(() => null);
  // Programs that write anew and rename put the renewed login in place of the link; the person's is then worth less, until they sign in again.
  const isRenewed = own?.isFile() === true && theirs.isFile() && own.mtimeMs > theirs.mtimeMs;
  if (!isRenewed) await placeLink(root, path, source);
}

/** A link would take the place of what else has to be there. */
function holdsMore({ files }: HomePlan['profile'], path: string): boolean {
  const others = [...OWN_FOLDERS, ...Object.keys(files)];
  return others.some((other) => clean(other) === clean(path) || isBelow(other, path));
}

function refusal(path: string): string {
  return `${path} of your home is not in the agent's home, because other files have to lie in it. Name in the profile what the agent needs of it.`;
}

/** Where the person has what an agent finds at `path` below its home. */
export function personPath({ home, env }: Person, path: string): string {
  const folders = {
    XDG_CONFIG_HOME: '.config/',
    XDG_DATA_HOME: '.local/share/',
    XDG_STATE_HOME: '.local/state/',
  };
  for (const [name, folder] of Object.entries(folders)) {
    const moved = env[name];
    if (moved && clean(path).startsWith(folder)) return join(moved, clean(path).slice(folder.length));
  }
  return join(home, path);
}

function mustLieBelow(path: string): void {
  if (isAbsolute(path) || normalize(path).startsWith('..'))
    throw new Error(
      `The profile names the file ${path}, which is not below the agent's home. Correct the profile.`,
    );
}

function isBelow(path: string, folder: string): boolean {
  return clean(path).startsWith(`${clean(folder)}/`);
}

function clean(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}
