// Entry of the runner process: `runner` serves until told to leave, `runner detect --json` prints the machine's agents.
import { availableParallelism, homedir, hostname } from 'node:os';
import { type MachineFacts, type RunnerConfig, readConfig } from './config.ts';
import { forgetOwnVariables } from './forget-own-variables.ts';
import { programFiles } from './program-files.ts';
import { describeError, logToStderr } from './write-log.ts';

const VERSION = '0.1.0';
const EXIT_CONFIG = 78;
const files = programFiles(import.meta.url);
const log = logToStderr();

try {
  const machine = { personHome: homedir(), hostname: hostname(), cores: availableParallelism() };
  const config = configure(machine);
  const args = process.argv.slice(2);
  if (args.length === 0) await serve();
  else if (args[0] === 'detect') {
    const { printDetected } = await import('./print-detected.ts');
    await printDetected(config, { files });
  } else
    throw new Error(
      `The runner knows no "${args.join(' ')}". Start it without arguments, or with: detect --json`,
    );

  async function serve(): Promise<void> {
    const { startRunner } = await import('./start-runner.ts');
    const runner = await startRunner({ config, files, version: VERSION, log });
    let isLeaving = false;
    const leave = (because: string): void => {
      if (isLeaving) return;
      isLeaving = true;
      log(`leaving: ${because}. Agents work on.`);
      runner.stop().then(() => process.exit(0), fail);
    };
    process.on('SIGTERM', () => leave('told to stop'));
    process.on('SIGINT', () => leave('told to stop'));
    process.on('SIGHUP', runner.refreshAgents);
    if (!config.isSupervised) return;
    process.stdin
      .on('close', () => leave('the process that started it is gone'))
      .on('error', () => undefined);
    process.stdin.resume();
  }
} catch (error) {
  fail(error);
}

/** A configuration that cannot be used stays so: the supervisor must not start the runner again. */
function configure(machine: MachineFacts): RunnerConfig {
  try {
    const config = readConfig(process.env, machine);
    forgetOwnVariables(process.env);
    return config;
  } catch (error) {
    log(describeError(error));
    process.exit(EXIT_CONFIG);
  }
}

function fail(error: unknown): never {
  log(describeError(error));
  process.exit(1);
}
