// Decides whether dist/ was built from the sources as they are now. Contents are compared, not times: a checkout changes times.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const STAMP = 'dist/.build-stamp';
const SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'packages', 'apps', 'tools/build'];
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'testkit', 'testing']);
const TEST_FILE = /\.(test|suite)\.\w+$/;

/** Whether the last complete build came from exactly these sources. @param {string} root */
export function isBuildCurrent(root) {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources(root);
}

/** Records that dist/ is a complete build of the sources with this hash. @param {string} root @param {string} hash */
export function writeBuildStamp(root, hash) {
  mkdirSync(dirname(join(root, STAMP)), { recursive: true });
  writeFileSync(join(root, STAMP), hash);
}

/** One hash over the names and contents of everything that goes into the build. @param {string} root */
export function hashSources(root) {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => listFiles(root, source))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} root @param {string} path @returns {string[]} */
function listFiles(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (/\.\w+$/.test(path)) return TEST_FILE.test(path) ? [] : [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => !SKIPPED_FOLDERS.has(entry.name))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? listFiles(root, `${path}/${entry.name}`) : leaf(`${path}/${entry.name}`),
    );
}

/** @param {string} path */
function leaf(path) {
  return TEST_FILE.test(path) ? [] : [path];
}
