import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Profile } from '@quarterdeck/contract/profile';
import { RunOrder } from '@quarterdeck/contract/runner-protocol';
import { z } from 'zod';

/** All an agent host needs to drive one agent. It holds the run's token, so its file is readable by the owner only. */
export const HostSpec = z.object({
  order: RunOrder,
  profile: Profile,
  workspacePath: z.string(),
  runDir: z.string(),
  /** The agent's own HOME; created when missing. */
  agentHome: z.string(),
  /** Home of the person, from which `profile.link` entries are linked. */
  personHome: z.string(),
  /** Base URL of the server, without a trailing slash; its MCP endpoint is `<serverUrl>/mcp`. */
  serverUrl: z.string(),
  /** Monotonic time without a beat from the runner after which the host stops its agent. */
  leaseMs: z.number().int().positive(),
});
export type HostSpec = z.infer<typeof HostSpec>;

/** Writes `<runDir>/spec.json` (mode 0600), creating the folder with mode 0700. */
export async function writeSpec(spec: HostSpec): Promise<void> {
  await mkdir(spec.runDir, { recursive: true, mode: 0o700 });
  const path = join(spec.runDir, 'spec.json');
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, JSON.stringify(HostSpec.parse(spec)), { mode: 0o600 });
  await rename(part, path);
}
