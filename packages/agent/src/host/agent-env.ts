import { passedVariables } from '../profiles/passed-variables.ts';
import type { HostSpec } from './spec.ts';

// Everything else in the runner's environment stays there: agents run commands that models write.
const PASSED = new Set([
  'PATH',
  'LANG',
  'LANGUAGE',
  'TZ',
  'USER',
  'LOGNAME',
  'SHELL',
  'TMPDIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_EXTRA_CA_CERTS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
]);

/** Marks every process of a run, also one that has left its process group. */
export const RUN_MARKER = 'QUARTERDECK_RUN';

/** The environment an agent is started with: allow-listed variables, its own home, and what its profile asks for. */
export function agentEnv(
  spec: HostSpec,
  outer: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const { profile, agentHome: home } = spec;
  const passed = Object.entries(outer).filter(([name]) => PASSED.has(name) || name.startsWith('LC_'));
  const asked = Object.entries(passedVariables(profile.passEnv, outer));
  const own = Object.entries(profile.env).map(([name, value]) => [name, fillIn(value, spec)] as const);
  const env = Object.fromEntries([...passed, ...Object.entries(homeEnv(home)), ...asked, ...own]);
  const given = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return {
    ...Object.fromEntries(given),
    // Our relay is on loopback; a proxy could not reach it.
    ...noProxy(outer),
    [RUN_MARKER]: spec.order.runId,
  };
}

/** Fills `${home}` and `${workspace}` in. */
export function fillIn(
  text: string,
  { agentHome, workspacePath }: Pick<HostSpec, 'agentHome' | 'workspacePath'>,
): string {
  return text.replace(/\$\{home\}/g, () => agentHome).replace(/\$\{workspace\}/g, () => workspacePath);
}

function homeEnv(home: string): Record<string, string> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: `${home}/.config`,
    XDG_DATA_HOME: `${home}/.local/share`,
    XDG_STATE_HOME: `${home}/.local/state`,
    XDG_CACHE_HOME: `${home}/.cache`,
    TERM: 'dumb',
    NO_COLOR: '1',
  };
}

function noProxy(outer: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const before = outer['NO_PROXY'] ?? outer['no_proxy'];
  const hosts = [before, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  return { NO_PROXY: hosts, no_proxy: hosts };
}
