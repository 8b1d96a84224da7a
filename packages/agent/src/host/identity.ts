import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBootId, readProcessState } from './process-state.ts';

/** Which process is the host of a run, in a way that a reused pid cannot imitate. */
export interface HostIdentity {
  readonly pid: number;
  readonly startTime: string;
  readonly bootId?: string | undefined;
  readonly socketPath: string;
}

/** The identity of the calling process as host. */
export async function ownIdentity(socketPath: string): Promise<HostIdentity> {
  const state = await readProcessState(process.pid);
  const bootId = await readBootId();
  return { pid: process.pid, startTime: state?.startTime ?? '', bootId: bootId ?? undefined, socketPath };
}

/** Writes `<runDir>/host.json` in one step, so that a reader never sees half of it. */
export async function writeIdentity(runDir: string, identity: HostIdentity): Promise<void> {
  const path = join(runDir, 'host.json');
  const part = `${path}.part`;
  await rm(part, { recursive: true, force: true });
  await writeFile(part, JSON.stringify(identity), { mode: 0o600, flag: 'wx' });
  await rename(part, path);
}

/** The identity a host left in its run folder, or null when none started there. */
export async function readIdentity(runDir: string): Promise<HostIdentity | null> {
  const text = await readFile(join(runDir, 'host.json'), 'utf8').catch(() => null);
  return text === null ? null : parseIdentity(text);
}

/** An identity from its text, or null when it is none. Written by hand because a host needs it before it has loaded any schema. */
export function parseIdentity(text: string): HostIdentity | null {
  const found: Partial<HostIdentity> | null = JSON.parse(text);
  const { pid, startTime, bootId, socketPath } = found ?? {};
  if (typeof pid !== 'number' || !(pid > 0)) return null;
  if (typeof startTime !== 'string' || typeof socketPath !== 'string') return null;
  return { pid, startTime, bootId, socketPath };
}

/** Whether the process of an identity still lives: same boot, same pid, same start time, and not a zombie. */
export async function isSameProcessAlive(identity: HostIdentity): Promise<boolean> {
  const bootId = await readBootId();
  if (identity.bootId !== undefined && bootId !== null && identity.bootId !== bootId) return false;
  const state = await readProcessState(identity.pid);
  return state !== null && !state.isZombie && state.startTime === identity.startTime;
}
