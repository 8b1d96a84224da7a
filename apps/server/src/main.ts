import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LockTaken } from '@quarterdeck/agent/host/take-lock';
import { readConfig } from './config.ts';
import { HomeUnusable } from './home.ts';
import { PortBusy } from './listen-with-patience.ts';
import { requireNode } from './require-node.ts';
import { startServer } from './start-server.ts';

/** Exit codes the supervisor understands: do not start again. */
const EXIT_CONFIG = 78;
const EXIT_BUSY = 75;
const EXIT_FAILURE = 1;

const tooOld = requireNode();
if (tooOld !== null) {
  console.error(tooOld);
  process.exit(EXIT_CONFIG);
}

const config = readConfig(process.env, {
  args: process.argv.slice(2),
  programDir: dirname(fileURLToPath(import.meta.url)),
});
if (Array.isArray(config)) {
  for (const mistake of config) console.error(mistake);
  process.exit(EXIT_CONFIG);
}

try {
  const server = await startServer(config);
  const address = config.isRestart ? null : await server.signInUrl();
  console.log(address === null ? `Quarterdeck is back: ${server.url}` : `Quarterdeck is ready: ${address}`);
  let isLeaving = false;
  const leave = () => {
    if (isLeaving) process.exit(130);
    isLeaving = true;
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  if (config.isSupervised) process.stdin.resume().once('end', leave);
} catch (error) {
  const code = exitCodeOf(error);
  console.error(code === EXIT_FAILURE || !(error instanceof Error) ? error : error.message);
  process.exit(code);
}

/** Errors a person can mend have a code of their own and a text; anything else is ours. */
function exitCodeOf(error: unknown): number {
  if (error instanceof PortBusy || error instanceof LockTaken) return EXIT_BUSY;
  return error instanceof HomeUnusable ? EXIT_CONFIG : EXIT_FAILURE;
}
