import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import * as acp from '@agentclientprotocol/sdk/unstable';
import type { Profile } from '@quarterdeck/contract/profile';
import { opencodeProfile } from '@quarterdeck/testkit/opencode/opencode-profile';
import type { WireTap } from './wire-tap.ts';
import { tapWire } from './wire-tap.ts';

/** Answers a permission request of the agent. */
export type AnswerPermission = (
  request: acp.RequestPermissionRequest,
) => acp.RequestPermissionResponse | Promise<acp.RequestPermissionResponse>;

/** A real opencode in its own home, with a bare ACP client on it and nothing of the product in between. */
export interface RunningOpencode extends AsyncDisposable {
  readonly agent: acp.ClientContext;
  readonly tap: WireTap;
  /** Closes its input and tells the exit code. */
  readonly end: () => Promise<number | null>;
}

/** Starts opencode against a model server. Disposing kills its process group and removes its home. */
export async function startOpencode(options: {
  readonly modelUrl: string;
  readonly answer: AnswerPermission;
  readonly sideChannel: { readonly port: number; readonly password: string };
}): Promise<RunningOpencode> {
  const { port, password } = options.sideChannel;
  const profile = opencodeProfile(options);
  const home = await mkdtemp(join(tmpdir(), 'opencode-home-'));
  await writeFiles(home, profile.files);
  const child = spawn(profile.command, [...profile.args, '--port', String(port)], {
    cwd: home,
    env: { PATH: process.env.PATH, ...expanded(profile.env, home), OPENCODE_SERVER_PASSWORD: password },
    detached: true,
  });
  // Nobody reads its log, but a full pipe would stop it.
  child.stderr.resume();
  const tap = tapWire(streamOf(child));
  const connection = acp
    .client({ name: 'quarterdeck-probe' })
    .onRequest(acp.methods.client.session.requestPermission, ({ params }) => options.answer(params))
    .onNotification(acp.methods.client.session.update, () => undefined)
    .connect(tap.stream);
  return {
    agent: connection.agent,
    tap,
    end: async () => {
      child.stdin.end();
      await exited(child);
      return child.exitCode;
    },
    [Symbol.asyncDispose]: async () => {
      connection.close();
      killGroup(child);
      await exited(child);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function writeFiles(home: string, files: Profile['files']): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text);
  }
}

function expanded(env: Profile['env'], home: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replaceAll(/\$\{home\}/g, home)]),
  );
}

// Node's web streams and the DOM's differ in type only.
function streamOf(child: ChildProcessWithoutNullStreams): acp.Stream {
  return acp.ndJsonStream(
    Writable.toWeb(child.stdin) as WritableStream<Uint8Array>,
    Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>,
  );
}

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function exited(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
