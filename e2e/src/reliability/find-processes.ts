import { readdir, readFile, readlink } from 'node:fs/promises';

/** A living process of the program under test. */
export interface OwnProcess {
  readonly pid: number;
  readonly kind: 'supervisor' | 'server' | 'runner' | 'host' | 'agent' | 'other';
  /** Of hosts and of what agents started. */
  readonly runId: string | null;
}

/** Every living process that belongs to a home: by its arguments, its environment or its working directory. Zombies are dead. */
export async function findOwnProcesses(home: string): Promise<OwnProcess[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map((name) => look(Number(name), home)));
  return found.filter((it) => it !== null);
}

async function look(pid: number, home: string): Promise<OwnProcess | null> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const [line, environment] = await Promise.all([read('cmdline'), read('environ')]);
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  if (![line, environment, cwd].some((text) => text.includes(home))) return null;
  const args = line.split('\0').filter(Boolean);
  const marked = /(?:^|\0)QUARTERDECK_RUN=([^\0]+)/.exec(environment)?.[1] ?? null;
  return { pid, ...classify(args, marked) };
}

function classify(args: readonly string[], marked: string | null): Omit<OwnProcess, 'pid'> {
  const has = (name: string) => args.some((arg) => arg.endsWith(`/${name}`));
  if (marked !== null) return { kind: has('marked-agent.ts') ? 'agent' : 'other', runId: marked };
  if (has('agent-host.mjs')) return { kind: 'host', runId: args.at(-1)?.split('/').at(-1) ?? null };
  if (has('server.mjs')) return { kind: 'server', runId: null };
  if (has('runner.mjs')) return { kind: 'runner', runId: null };
  return { kind: has('quarterdeck.mjs') ? 'supervisor' : 'other', runId: null };
}

/** Whether a process still lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Kills a process that may be gone. */
export function killAtOnce(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}
