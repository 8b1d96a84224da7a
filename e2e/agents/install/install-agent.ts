import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand } from '../../../tools/runtime/install.mjs';
import { Refusal } from '../../../tools/runtime/refusal.mjs';
import { runStep } from '../../../tools/runtime/run-step.mjs';
import { isAlive } from '../../src/reliability/find-processes.ts';
import type { AgentUnderTest } from '../agents/agent-under-test.ts';
import type { Release } from './pinned-agent.ts';

const MB = 1024 * 1024;
const INCOMING = /^\.incoming-(\d+)-/;
/** It says why it fails also below `npm run --silent`, which passes its silence on, and gives up in half a minute without a registry. */
const NPM_SETTINGS = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--prefer-offline',
  '--loglevel=error',
  '--fetch-retry-maxtimeout=15000',
];
const DOWNLOADS = '.downloads';

/** Whether this release is in the cache. It gets its name only when it is complete. */
export function isInstalled(cache: string, { folder }: Release): boolean {
  return existsSync(join(cache, folder));
}

/** The folder to put on the PATH so that the agent's command is found. */
export function binFolder(cache: string, { folder }: Release): string {
  return join(cache, folder, 'bin');
}

/**
 * Installs a release beside the cache and renames it into it, so a run that is killed leaves nothing half done.
 * What npm had fetched until then is kept for the next try. None of the packages' own scripts run.
 */
export async function installAgent(cache: string, agent: AgentUnderTest, release: Release): Promise<void> {
  const staging = join(cache, `.incoming-${process.pid}-${agent.id}`);
  const verb = 'package-lock.json' in release.files ? 'ci' : 'install';
  await mkdir(staging, { recursive: true });
  for (const [name, content] of Object.entries(release.files)) await writeFile(join(staging, name), content);
  await runStep(
    `Bringing ${agent.name} ${release.version} from npm`,
    [...npmCommand(process.env), verb, ...NPM_SETTINGS, '--cache', join(cache, DOWNLOADS)],
    { cwd: staging },
  );
  await linkCommand(staging, agent);
  await rename(staging, join(cache, release.folder)).catch((error: unknown) => {
    // Somebody else was quicker.
    if (!isInstalled(cache, release)) throw error;
  });
  await rm(staging, { recursive: true, force: true });
}

/** Removes what runs that were killed left, and what was fetched once nobody needs it any more. */
export async function tidyCache(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const incoming = (await readdir(cache)).filter((name) => INCOMING.test(name));
  const [dead, living] = [incoming.filter(isAbandoned), incoming.filter((name) => !isAbandoned(name))];
  for (const name of dead) await rm(join(cache, name), { recursive: true, force: true });
  const isIdle = dead.length + living.length === 0;
  if (isIdle) await rm(join(cache, DOWNLOADS), { recursive: true, force: true });
}

/** Refuses when the disk is too small for what is to come. */
export async function requireSpace(cache: string, megabytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(cache);
  const free = Math.floor((bavail * bsize) / MB);
  if (free >= megabytes) return;
  throw new Refusal(
    `The agents need ${megabytes} MB in ${cache}, and ${free} MB are free there. Make room, or name another folder in QUARTERDECK_AGENTS_CACHE.`,
  );
}

/** One folder with one command: the package's own `.bin` also holds commands of packages that it uses. */
async function linkCommand(staging: string, { command, programs, name }: AgentUnderTest): Promise<void> {
  const program = programs.find((path) => existsSync(join(staging, 'node_modules', path)));
  if (program === undefined) {
    const { platform, arch } = process;
    throw new Refusal(
      `${name} brought no program for ${platform}-${arch}: looked for ${programs.join(', ')}.`,
    );
  }
  await mkdir(join(staging, 'bin'));
  await symlink(join('..', 'node_modules', program), join(staging, 'bin', command));
}

function isAbandoned(name: string): boolean {
  return !isAlive(Number(INCOMING.exec(name)?.[1]));
}
