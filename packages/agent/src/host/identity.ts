import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readBootId, readProcessState } from './process-state.ts';

/** Which process is the host of a run, in a way that a reused pid cannot imitate. */
export const HostIdentity = z.object({
  pid: z.number().int().positive(),
  startTime: z.string(),
  bootId: z.string().optional(),
  socketPath: z.string(),
});
export type HostIdentity = z.infer<typeof HostIdentity>;

/** The identity of the calling process as host. */
export async function ownIdentity(socketPath: string): Promise<HostIdentity> {
  const state = await readProcessState(process.pid);
  const bootId = await readBootId();
  return { pid: process.pid, startTime: state?.startTime ?? '', bootId: bootId ?? undefined, socketPath };
}

/** Writes `<runDir>/host.json` in one step, so that a reader never sees half of it. */
export async function writeIdentity(runDir: string, identity: HostIdentity): Promise<void> {
  const path = join(runDir, 'host.json');
  await writeFile(`${path}.part`, JSON.stringify(identity), { mode: 0o600 });
  await rename(`${path}.part`, path);
}

/** The identity a host left in its run folder, or null when none started there. */
export async function readIdentity(runDir: string): Promise<HostIdentity | null> {
  const text = await readFile(join(runDir, 'host.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = HostIdentity.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

/** Whether the process of an identity still lives: same boot, same pid, same start time, and not a zombie. */
export async function isSameProcessAlive(identity: HostIdentity): Promise<boolean> {
  const bootId = await readBootId();
  if (identity.bootId !== undefined && bootId !== null && identity.bootId !== bootId) return false;
  const state = await readProcessState(identity.pid);
  return state !== null && !state.isZombie && state.startTime === identity.startTime;
}
