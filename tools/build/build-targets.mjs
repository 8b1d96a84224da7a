import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { Refusal } from '../runtime/refusal.mjs';
import { englishOnly } from './english-only.mjs';

/**
 * `parts`: folder for what the program loads later than its start, in files of their own.
 * @typedef {{ name: string, entry: string, output: string, isExecutable?: boolean, parts?: string }} Target
 */

/** Everything the program is made of. @type {readonly Target[]} */
export const TARGETS = [
  { name: 'cli', entry: 'apps/cli/src/main.ts', output: 'dist/quarterdeck.mjs', isExecutable: true },
  { name: 'server', entry: 'apps/server/src/main.ts', output: 'dist/server.mjs' },
  { name: 'runner', entry: 'apps/runner/src/main.ts', output: 'dist/runner.mjs' },
  {
    name: 'agent-host',
    entry: 'apps/runner/src/agent-host.ts',
    output: 'dist/agent-host.mjs',
    parts: 'dist/agent-host',
  },
  { name: 'demo-agent', entry: 'apps/runner/src/demo-agent.ts', output: 'dist/demo-agent.mjs' },
  { name: 'web', entry: 'apps/web/index.html', output: 'dist/web' },
];

// Bundled CommonJS packages (fastify, ws, pg) call these; on globalThis they cannot clash with a module's own names.
const COMMONJS_GLOBALS = [
  "import { createRequire as createRequireForBundle } from 'node:module';",
  "import { dirname as dirnameForBundle } from 'node:path';",
  'globalThis.require ??= createRequireForBundle(import.meta.url);',
  'globalThis.__filename ??= import.meta.filename;',
  'globalThis.__dirname ??= dirnameForBundle(import.meta.filename);',
].join('\n');

/**
 * The targets to build from `--only server,cli`; all without it. Refuses a name that is none and an entry that is missing.
 * @param {readonly string[]} args @param {string} root
 */
export function selectTargets(args, root) {
  const only = readOnly(args);
  const unknown = only?.filter((name) => !TARGETS.some((target) => target.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Refusal(
      `There is no build target ${unknown.join(', ')}. Targets: ${TARGETS.map((target) => target.name).join(', ')}.`,
    );
  }
  const selected = TARGETS.filter((target) => !only || only.includes(target.name));
  const missing = selected.filter((target) => !existsSync(join(root, target.entry)));
  if (missing.length > 0) {
    throw new Refusal(
      `Cannot build ${missing.map((target) => `${target.name}: ${target.entry} does not exist`).join('; ')}.\n` +
        'Build a part with `npm run build -- --only cli,server`.',
    );
  }
  return selected;
}

/** @param {readonly string[]} args */
function readOnly(args) {
  const joined = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
  const index = args.indexOf('--only');
  const text = joined ?? (index >= 0 ? (args[index + 1] ?? '') : undefined);
  return text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * esbuild's options for one program. The SQLite driver stays outside because it loads a native file beside itself.
 * @param {Target} target @param {string} root
 * @returns {import('esbuild').BuildOptions}
 */
export function bundleOptions(target, root) {
  const entry = join(root, target.entry);
  const hasShebang = readFileSync(entry, 'utf8').startsWith('#!');
  const shebang = target.isExecutable && !hasShebang ? '#!/usr/bin/env node\n' : '';
  return {
    ...outputOptions(target, entry, root),
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    sourcemap: true,
    external: ['better-sqlite3', 'pg-native'],
    plugins: [englishOnly],
    loader: { '.sql': 'text', '.md': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: shebang + COMMONJS_GLOBALS },
    legalComments: 'none',
    logLevel: 'silent',
  };
}

/**
 * One file, or an entry with its parts beside it.
 * @param {Target} target @param {string} entry @param {string} root
 * @returns {import('esbuild').BuildOptions}
 */
function outputOptions({ output, parts }, entry, root) {
  if (parts === undefined) return { entryPoints: [entry], outfile: join(root, output) };
  const extension = extname(output);
  return {
    entryPoints: [{ in: entry, out: basename(output, extension) }],
    outdir: join(root, dirname(output)),
    outExtension: { '.js': extension },
    splitting: true,
    chunkNames: `${basename(parts)}/[name]-[hash]`,
  };
}
