import { join } from 'node:path';
import { createClient } from '@quarterdeck/client/call';
import { pause } from '@quarterdeck/client/pause';
import { refuse } from '@quarterdeck/contract/refuse';
import type { Context } from '../command/context.ts';
import { defineCommand, flag, number, on, text } from '../command/define-command.ts';
import { DEFAULT_PORT, findServer, reachableUrl } from '../command/server-place.ts';
import { isHealthy } from '../server/is-healthy.ts';
import { signInUrl } from '../server/sign-in-url.ts';
import { findFreePort } from '../supervisor/free-port.ts';
import { type Program, RESTART_RULES } from '../supervisor/keep-running.ts';
import { openBrowser } from '../supervisor/open-browser.ts';
import { runnerEnvironment } from '../supervisor/runner-environment.ts';
import { supervise } from '../supervisor/supervise.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}
interface Wishes {
  readonly demo: boolean;
  readonly runner: boolean;
}

export const up = defineCommand({
  summary: 'Start Quarterdeck on this machine: the server and a runner beside it',
  detail: 'Both are started again when they die. Ctrl-C stops them; a second Ctrl-C ends them at once.',
  options: {
    host: text('<address>', 'address to listen on; QUARTERDECK_HOST or 127.0.0.1 when unset'),
    port: number('<n>', `port to listen on, 0 for any; QUARTERDECK_PORT or ${DEFAULT_PORT} when unset`),
    demo: on('no demo agent and no demo project'),
    runner: on('no runner on this machine'),
    open: flag('open the dashboard in the browser'),
  },
  examples: [
    'quarterdeck up',
    'quarterdeck up --port 4800 --open',
    'quarterdeck up --host 0.0.0.0 --no-demo',
  ],
  async run(context, { options }) {
    const { env } = context.terminal;
    const wanted = options.port ?? Number(env['QUARTERDECK_PORT'] || DEFAULT_PORT);
    if (!(wanted >= 0 && wanted <= 65_535)) {
      return refuse('invalid_input', { reason: `${wanted} is no port; choose one from 1 to 65535` });
    }
    const host = options.host ?? (env['QUARTERDECK_HOST'] || '127.0.0.1');
    const port = wanted === 0 ? await findFreePort(host, 0) : wanted;
    if (port === null) return refuse('invalid_input', { reason: `cannot listen on ${host}` });
    const address = { host, port };
    const programs = describePrograms(context, address, {
      demo: options.demo ?? true,
      runner: options.runner ?? true,
    });
    const done = new AbortController();
    if (options.open) void openWhenReady(context, reachableUrl(host, port), done.signal);
    const exitCode = await supervise(context.terminal, {
      programs,
      rules: RESTART_RULES,
      explain: (program, code) => explainGivingUp(address, program, code),
    });
    done.abort();
    return exitCode;
  },
});

function describePrograms(
  { terminal, place }: Context,
  { host, port }: Address,
  wishes: Wishes,
): readonly Program[] {
  const env = { ...terminal.env, QUARTERDECK_HOME: place.home };
  const server: Program = {
    name: 'server',
    file: join(terminal.programFolder, 'server.mjs'),
    args: [wishes.demo ? '--demo' : '--no-demo'],
    env: { ...env, QUARTERDECK_HOST: host, QUARTERDECK_PORT: String(port) },
  };
  const runner: Program = {
    name: 'runner',
    file: join(terminal.programFolder, 'runner.mjs'),
    args: [],
    env: {
      ...runnerEnvironment(env, { hasOwnToken: false }),
      QUARTERDECK_SERVER_URL: reachableUrl(host, port),
    },
  };
  return wishes.runner ? [server, runner] : [server];
}

/** The program has said what is wrong itself, right above this. */
function explainGivingUp({ host, port }: Address, { name }: Program, code: number): string {
  const because =
    code === 75 ? `port ${port} on ${host} is taken` : `the ${name} cannot use its configuration`;
  return `Quarterdeck has stopped: ${because}.`;
}

async function openWhenReady({ terminal }: Context, url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isHealthy(terminal.fetch, url))) {
    await pause(200, signal).catch(() => undefined);
  }
  if (signal.aborted) return;
  const { token } = findServer(terminal.env, url);
  const reply = await createClient({ baseUrl: url, token, fetch: terminal.fetch }).call('identity.ticket');
  const address = reply.ok ? signInUrl(url, reply.value.ticket) : url;
  if (!(await openBrowser(address)))
    terminal.stderr.write('No browser could be opened here. Open the link above.\n');
}
