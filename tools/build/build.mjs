// `npm run build`: bundles the programs with esbuild and the dashboard with Vite, side by side, into dist/.
// `--only cli,server` builds a part.
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle, formatMessages } from 'esbuild';
import { build as buildWeb } from 'vite';
import { Refusal, runMain } from '../runtime/refusal.mjs';
import { REPOSITORY_ROOT as root } from '../runtime/repository-root.mjs';
import { hashSources, writeBuildStamp } from './build-stamp.mjs';
import { bundleOptions, selectTargets, TARGETS } from './build-targets.mjs';

/** @typedef {import('./build-targets.mjs').Target} Target */

await runMain(async () => {
  const startedAt = performance.now();
  const hash = hashSources(root);
  const targets = selectTargets(process.argv.slice(2), root);
  const outcomes = await Promise.allSettled(targets.map(buildTimed));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  for (const failure of failures) console.error(failure instanceof Refusal ? failure.message : failure);
  if (failures.length > 0) return 1;
  if (targets.length === TARGETS.length) writeBuildStamp(root, hash);
  console.log(`built ${targets.length} of ${TARGETS.length} targets in ${elapsed(startedAt)}`);
  return 0;
});

/** @param {Target} target */
async function buildTimed(target) {
  const startedAt = performance.now();
  await (target.name === 'web' ? buildDashboard(target) : buildProgram(target));
  console.log(`  ${target.name.padEnd(11)} ${target.output.padEnd(22)} ${elapsed(startedAt)}`);
}

/** @param {Target} target */
async function buildProgram(target) {
  // Their names change with their contents.
  if (target.parts !== undefined) rmSync(join(root, target.parts), { recursive: true, force: true });
  try {
    await bundle(bundleOptions(target, root));
  } catch (error) {
    throw await explain(target, error);
  }
  if (target.isExecutable) chmodSync(join(root, target.output), 0o755);
}

/** @param {Target} target */
async function buildDashboard(target) {
  await buildWeb({
    root: join(root, 'apps/web'),
    logLevel: 'warn',
    build: { outDir: join(root, target.output), emptyOutDir: true },
  });
}

/** esbuild's messages with file, line and source, when they are what went wrong. @param {Target} target @param {unknown} error */
async function explain(target, error) {
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return error;
  const messages = await formatMessages(error.errors, { kind: 'error', color: process.stdout.isTTY });
  return new Refusal(`${target.name} does not build:\n${messages.join('')}`);
}

/** @param {number} startedAt */
function elapsed(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
