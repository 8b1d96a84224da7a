import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import * as acp from '@agentclientprotocol/sdk/unstable';
import { opencodeBinary } from './opencode-binary.ts';
import { opencodeProfile } from './opencode-profile.ts';

/** One JSON-RPC message on the wire, with the side that sent it. */
export interface WireMessage {
  readonly from: 'client' | 'agent';
  readonly atMs: number;
  readonly message: acp.AnyMessage;
}

/** A real opencode, in its own home, with an ACP client connected to it. */
export interface RunningOpencode extends AsyncDisposable {
  readonly agent: acp.ClientContext;
  readonly wire: readonly WireMessage[];
  readonly stderr: () => string;
  readonly pid: number;
  readonly home: string;
  readonly connection: acp.ClientConnection;
  /** Resolves with the first message, past or coming, that `wants` accepts. */
  readonly waitForMessage: (wants: (seen: WireMessage) => boolean, timeoutMs?: number) => Promise<WireMessage>;
  /** Ends stdin and tells the exit code and how long the exit took. */
  readonly end: () => Promise<{ readonly code: number | null; readonly tookMs: number }>;
}

/** Answers a permission request; throwing leaves the error to the agent. */
export type AnswerPermission = (
  request: acp.RequestPermissionRequest,
) => acp.RequestPermissionResponse | Promise<acp.RequestPermissionResponse>;

/** Starts the real opencode against a model server. Disposing kills its process group and removes its home. */
export async function startOpencode(options: {
  readonly modelUrl: string;
  readonly answer: AnswerPermission;
  readonly password: string;
  readonly port?: number;
}): Promise<RunningOpencode> {
  const binary = opencodeBinary();
  if (binary === undefined) throw new Error('The opencode program is not installed; run npm install.');
  const home = await mkdtemp(join(tmpdir(), 'opencode-home-'));
  const profile = opencodeProfile({ ...options, home });
  for (const folder of profile.folders) await mkdir(join(home, folder), { recursive: true });
  for (const file of profile.files) {
    await mkdir(dirname(join(home, file.path)), { recursive: true });
    await writeFile(join(home, file.path), file.text);
  }
  const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...profile.env };
  const child = spawn(binary, [...profile.args], { cwd: home, env, detached: true });
  return connected(child, home, options.answer);
}

function connected(
  child: ChildProcessWithoutNullStreams,
  home: string,
  answer: AnswerPermission,
): RunningOpencode {
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const tap = tapped(
    acp.ndJsonStream(
      Writable.toWeb(child.stdin) as WritableStream<Uint8Array>,
      Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>,
    ),
  );
  const connection = acp
    .client({ name: 'quarterdeck-test' })
    .onRequest(acp.methods.client.session.requestPermission, ({ params }) => answer(params))
    .onNotification(acp.methods.client.session.update, () => undefined)
    .connect(tap.stream);
  const pid = child.pid ?? 0;
  return {
    agent: connection.agent,
    connection,
    wire: tap.wire,
    waitForMessage: tap.waitFor,
    stderr: () => Buffer.concat(errors).toString(),
    pid,
    home,
    end: async () => {
      const started = performance.now();
      child.stdin.end();
      const [code] = await once(child, 'exit');
      return { code: typeof code === 'number' ? code : null, tookMs: performance.now() - started };
    },
    [Symbol.asyncDispose]: async () => {
      connection.close();
      if (child.exitCode === null && child.signalCode === null) {
        process.kill(-pid, 'SIGKILL');
        await once(child, 'exit');
      }
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Records both directions of a stream and lets a test wait for a message. */
function tapped(inner: acp.Stream) {
  const wire: WireMessage[] = [];
  const listeners = new Set<(seen: WireMessage) => void>();
  const started = performance.now();
  const tap = (from: WireMessage['from']) =>
    new TransformStream<acp.AnyMessage, acp.AnyMessage>({
      transform: (message, controller) => {
        const seen = { from, atMs: Math.round(performance.now() - started), message };
        wire.push(seen);
        for (const listener of listeners) listener(seen);
        controller.enqueue(message);
      },
    });
  const outgoing = tap('client');
  // A broken pipe means that the agent died; the connection reports that by itself.
  outgoing.readable.pipeTo(inner.writable).catch(() => undefined);
  const stream = { writable: outgoing.writable, readable: inner.readable.pipeThrough(tap('agent')) };
  const waitFor: RunningOpencode['waitForMessage'] = async (wants, timeoutMs = 30_000) => {
    const seen = wire.find(wants);
    if (seen !== undefined) return seen;
    const { promise, resolve, reject } = Promise.withResolvers<WireMessage>();
    const timer = setTimeout(() => reject(new Error(`No such ACP message in ${timeoutMs} ms.`)), timeoutMs);
    const listener = (next: WireMessage): void => void (wants(next) && resolve(next));
    listeners.add(listener);
    return promise.finally(() => {
      clearTimeout(timer);
      listeners.delete(listener);
    });
  };
  return { wire, stream, waitFor };
}
