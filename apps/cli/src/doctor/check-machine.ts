import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Context } from '../command/context.ts';
import { DEFAULT_PORT } from '../command/server-place.ts';
import { isNewEnough, LEAST_NODE } from '../runtime/newer-node.ts';
import { isHealthy } from '../server/is-healthy.ts';
import { findFreePort } from '../supervisor/free-port.ts';
import { runQuietly } from './run-quietly.ts';

/** One thing that was looked at. `message` says what was found and, when it is not good, what to do. */
export interface Check {
  readonly name: string;
  readonly isGood: boolean;
  readonly message: string;
}

/** Everything but the agents. */
export function checkMachine(context: Context): Promise<readonly Check[]> {
  return Promise.all([checkNode(), checkGit(context), checkHome(context), checkServer(context)]);
}

async function checkNode(): Promise<Check> {
  const isGood = isNewEnough(process.versions.node);
  const advice = isGood ? '' : `; it has to be ${LEAST_NODE.join('.')} or newer, see https://nodejs.org`;
  return { name: 'node', isGood, message: `${process.versions.node}${advice}` };
}

async function checkGit({ terminal }: Context): Promise<Check> {
  const version = await runQuietly({ file: 'git', args: ['--version'], env: terminal.env, timeoutMs: 5000 });
  if (version !== null) return { name: 'git', isGood: true, message: version.trim() };
  return {
    name: 'git',
    isGood: false,
    message: 'not found; agents need it to work in branches of their own. Install git.',
  };
}

async function checkHome({ place }: Context): Promise<Check> {
  const isGood = await isWritableFolder(await nearestPath(place.home));
  const advice = 'cannot be written. Change its owner, or set QUARTERDECK_HOME to another folder.';
  return { name: 'home', isGood, message: isGood ? place.home : `${place.home} ${advice}` };
}

async function isWritableFolder(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** The path itself, or the nearest one above it that exists. */
async function nearestPath(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : nearestPath(dirname(path));
}

async function checkServer({ terminal, place }: Context): Promise<Check> {
  if (await isHealthy(terminal.fetch, place.url)) {
    return { name: 'server', isGood: true, message: `answers at ${place.url}` };
  }
  const { hostname, port } = new URL(place.url);
  const number = Number(port || DEFAULT_PORT);
  const isFree = (await findFreePort(hostname.replace(/^\[|\]$/g, ''), number)) !== null;
  if (isFree)
    return {
      name: 'server',
      isGood: true,
      message: `not running; port ${number} is free. Start it: quarterdeck up`,
    };
  const message = `no Quarterdeck answers at ${place.url}, and port ${number} cannot be used here. Choose another: quarterdeck up --port ${number + 1}`;
  return { name: 'server', isGood: false, message };
}
