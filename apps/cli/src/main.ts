import { text } from 'node:stream/consumers';
import type { Terminal } from './command/terminal.ts';
import { runCli } from './run-cli.ts';
import { findNewerNode, runUnder } from './runtime/newer-node.ts';

const terminal: Terminal = {
  stdout: process.stdout,
  stderr: process.stderr,
  readInput: () => text(process.stdin),
  env: process.env,
  fetch: globalThis.fetch,
  now: Date.now,
  signals: process,
  programFolder: import.meta.dirname,
};

// `quarterdeck task list | head -1` closes our output early; that is the reader's wish and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const newerNode = findNewerNode({
  version: process.versions.node,
  platform: process.platform,
  arch: process.arch,
  programFolder: import.meta.dirname,
});

try {
  process.exitCode = newerNode ? await runUnder(newerNode) : await runCli(process.argv.slice(2), terminal);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`✕ quarterdeck failed in a way it should not: ${message}\n`);
  const stack = error instanceof Error ? error.stack : undefined;
  process.stderr.write(
    process.env['QUARTERDECK_DEBUG'] ? `${stack}\n` : '  Set QUARTERDECK_DEBUG=1 to see where.\n',
  );
  process.exitCode = 1;
}
