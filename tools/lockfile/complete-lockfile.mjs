// `npm run lockfile`, after packages were added: completes package-lock.json for the platforms this registry did not carry.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../runtime/repository-root.mjs';
import { missingPlatforms } from './missing-platforms.mjs';

const path = join(REPOSITORY_ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = missingPlatforms(lock.packages);
const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([left], [right]) =>
  left.localeCompare(right, 'en'),
);

writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
console.log(`added ${Object.keys(missing).length} platform packages to package-lock.json`);
