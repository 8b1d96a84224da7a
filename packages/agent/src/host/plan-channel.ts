import { createServer } from 'node:net';
import type { LaunchExtras } from './agent-process.ts';
import type { HostSpec } from './spec.ts';

/** Where an agent's side channel will listen, and what the agent must be started with for it. */
export interface ChannelPlan {
  readonly port: number;
  readonly password: string;
  readonly extras: LaunchExtras;
}

/** Plans the side channel a profile asks for; null when it asks for none. */
export async function planChannel({ profile }: HostSpec): Promise<ChannelPlan | null> {
  if (profile.quirks.sideChannel === null) return null;
  const port = await freePort();
  // Without a password any process of the machine could drive the agent. Not imported: most agents start without it, and sooner.
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const password = randomBytes(24).toString('hex');
  return {
    port,
    password,
    extras: {
      args: ['--port', String(port), '--hostname', '127.0.0.1'],
      env: { OPENCODE_SERVER_PASSWORD: password },
    },
  };
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
