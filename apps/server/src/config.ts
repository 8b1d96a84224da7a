import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

export interface ServerConfig {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** The owner token to use instead of a generated one. */
  readonly ownerToken: string | null;
  /** `postgres://…`, or the path of the SQLite file in the home. */
  readonly databaseUrl: string;
  readonly wantsDemo: boolean;
  readonly logLevel: string;
  readonly allowedHosts: readonly string[];
  readonly publicOrigins: readonly string[];
  /** A supervisor started it: it leaves when its input closes. */
  readonly isSupervised: boolean;
  /** It was started again after a crash, so the ready line was printed already. */
  readonly isRestart: boolean;
  readonly webRoot: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the configuration from the environment; all mistakes are reported together. */
export function readConfig(
  env: Environment,
  options: { readonly args: readonly string[]; readonly programDir: string },
): ServerConfig | string[] {
  const mistakes: string[] = [];
  const port = Number(env.QUARTERDECK_PORT ?? 4700);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    mistakes.push(`QUARTERDECK_PORT is "${env.QUARTERDECK_PORT}"; give a number from 0 to 65535`);
  }
  const ownerToken = env.QUARTERDECK_TOKEN?.trim() || null;
  if (ownerToken !== null && ownerToken.length < 16)
    mistakes.push('QUARTERDECK_TOKEN is shorter than 16 characters; use a longer secret');
  const logLevel = env.QUARTERDECK_LOG_LEVEL ?? 'warn';
  if (!LOG_LEVELS.includes(logLevel))
    mistakes.push(`QUARTERDECK_LOG_LEVEL is "${logLevel}"; use one of ${LOG_LEVELS.join(', ')}`);
  const databaseUrl = env.QUARTERDECK_DATABASE_URL;
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    mistakes.push(
      'QUARTERDECK_DATABASE_URL must begin with postgres:// (leave it out for the built-in database)',
    );
  }
  if (mistakes.length > 0) return mistakes;
  const home = absolute(env.QUARTERDECK_HOME ?? join(homedir(), '.quarterdeck'));
  return {
    home,
    host: env.QUARTERDECK_HOST ?? '127.0.0.1',
    port,
    ownerToken,
    databaseUrl: databaseUrl || join(home, 'quarterdeck.db'),
    wantsDemo: !options.args.includes('--no-demo') && env.QUARTERDECK_DEMO !== '0',
    logLevel,
    allowedHosts: list(env.QUARTERDECK_ALLOWED_HOSTS),
    publicOrigins: list(env.QUARTERDECK_PUBLIC_URL).map((url) => new URL(url).origin),
    isSupervised: env.QUARTERDECK_SUPERVISED === '1',
    isRestart: env.QUARTERDECK_RESTART === '1',
    webRoot: join(options.programDir, 'web'),
  };
}

function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path);
}

function list(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
