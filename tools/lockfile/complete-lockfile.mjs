// `npm run lockfile`, after packages were added: completes every lockfile for the platforms this registry did not carry.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../runtime/repository-root.mjs';
import { missingPlatforms } from './missing-platforms.mjs';

const PINNED_AGENTS = 'e2e/agents/pins/*/package-lock.json';

for (const path of ['package-lock.json', ...globSync(PINNED_AGENTS, { cwd: REPOSITORY_ROOT })]) {
  console.log(`added ${complete(join(REPOSITORY_ROOT, path))} platform packages to ${path}`);
}

/** @param {string} path */
function complete(path) {
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const missing = missingPlatforms(lock.packages);
  const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([left], [right]) =>
    left.localeCompare(right, 'en'),
  );
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
  return Object.keys(missing).length;
}
