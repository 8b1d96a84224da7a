import { join } from 'node:path';

export interface RunnerConfig {
  /** Quarterdeck's home folder on this machine: profiles, workspaces, the runner's token. */
  readonly home: string;
  /** The runner's own state: one folder per run. */
  readonly runnerHome: string;
  /** Without a trailing slash. */
  readonly serverUrl: string;
  readonly token: string | null;
  readonly name: string;
  readonly capacity: number;
  /** Leave when the standard input closes, because the parent is gone. */
  readonly isSupervised: boolean;
  readonly personHome: string;
}

/** What the machine says when the environment says nothing. */
export interface MachineFacts {
  readonly personHome: string;
  readonly hostname: string;
  readonly cores: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the runner's configuration. Throws with a text for a person when a variable cannot be used. */
export function readConfig(env: Env, machine: MachineFacts): RunnerConfig {
  const home = env.QUARTERDECK_HOME || join(machine.personHome, '.quarterdeck');
  return {
    home,
    runnerHome: env.QUARTERDECK_RUNNER_HOME || join(home, 'runner'),
    serverUrl: readServerUrl(env.QUARTERDECK_SERVER_URL || 'http://127.0.0.1:4700'),
    token: env.QUARTERDECK_RUNNER_TOKEN || null,
    name: (env.QUARTERDECK_RUNNER_NAME || machine.hostname).slice(0, 120) || 'runner',
    capacity: readCapacity(env.QUARTERDECK_RUNNER_CAPACITY, machine.cores),
    isSupervised: env.QUARTERDECK_SUPERVISED === '1',
    personHome: machine.personHome,
  };
}

function readServerUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error(
      `QUARTERDECK_SERVER_URL is "${text}", which is no http or https address. Set it like http://127.0.0.1:4700.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

function readCapacity(text: string | undefined, cores: number): number {
  if (!text) return Math.max(2, cores * 2);
  const capacity = Number(text);
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 10_000) {
    throw new Error(`QUARTERDECK_RUNNER_CAPACITY is "${text}". Set it to a whole number from 1 to 10000.`);
  }
  return capacity;
}
