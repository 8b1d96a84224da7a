// Decides which Node program runs ours. Must itself run on Node 18: it is the first thing a fresh clone starts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './refusal.mjs';

/** @typedef {readonly [major: number, minor: number]} Version */

/** The SQLite driver crashes without a message below this release. @type {Version} */
export const PROGRAM_MINIMUM = [22, 14];

/** From here on Node runs TypeScript files directly, as the repository's own checks are. @type {Version} */
export const TYPESCRIPT_MINIMUM = [22, 18];

/**
 * Whether a version such as `20.20.2` or `v24.1.0` is the minimum or newer.
 * @param {string} version @param {Version} minimum
 */
export function isAtLeast(version, [major, minor]) {
  const [actualMajor = 0, actualMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return actualMajor > major || (actualMajor === major && actualMinor >= minor);
}

/**
 * The Node to use: the current one when new enough, else the one npm installed, else none.
 * @param {{ version: string, path: string }} current
 * @param {string | undefined} installed path of the Node that came from npm, if there is one
 * @param {Version} minimum
 */
export function chooseNode(current, installed, minimum) {
  return isAtLeast(current.version, minimum) ? current.path : installed;
}

/**
 * Where npm puts the Node of our optional dependencies on this kind of machine.
 * @param {string} root @param {string} platform @param {string} arch
 */
export function installedNodePath(root, platform, arch) {
  return join(root, 'node_modules', `node-${platform}-${arch}`, 'bin', 'node');
}

/**
 * The path of a Node that is new enough; refuses with what to install when there is none.
 * @param {string} root @param {Version} [minimum]
 */
export function requireNode(root, minimum = PROGRAM_MINIMUM) {
  const candidate = installedNodePath(root, process.platform, process.arch);
  const installed = existsSync(candidate) ? candidate : undefined;
  const chosen = chooseNode({ version: process.version, path: process.execPath }, installed, minimum);
  if (chosen) return chosen;
  throw new Refusal(
    `Quarterdeck needs Node ${minimum.join('.')} or newer; this is Node ${process.version}, and npm has no ` +
      `Node for ${process.platform}-${process.arch} that we can use. Install Node 24 from https://nodejs.org and try again.`,
  );
}
