// The server's half of the runner protocol as the contract describes it, with its state in memory. It outlives its own
// connections: `restart` cuts them and listens again on the same port.
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandId, type RunId, RunnerId } from '@quarterdeck/contract/ids';
import type { JournalLine } from '@quarterdeck/contract/journal';
import {
  FromRunner,
  type RunCommand,
  type RunReport,
  type ToRunner,
} from '@quarterdeck/contract/runner-protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { until } from './until.ts';

export const FAKE_TOKEN = 'fake-runner-token';

interface KnownRun {
  readonly lines: JournalLine[];
  report: RunReport | null;
}

export interface FakeServer {
  readonly url: string;
  /** Every frame of the runner, of all connections. */
  readonly frames: FromRunner[];
  readonly run: (runId: RunId) => KnownRun;
  /** Lines that left a gap, and lines the server had said it has. */
  readonly faults: string[];
  readonly connections: () => number;
  /** Gives a command, again after each welcome until it is done. Resolves when it is. */
  readonly command: (runId: RunId, command: RunCommand, commandId?: CommandId) => Promise<void>;
  readonly send: (frame: ToRunner) => void;
  readonly untilFrame: <T extends FromRunner['type']>(
    type: T,
    matches?: (frame: Extract<FromRunner, { type: T }>) => boolean,
  ) => Promise<Extract<FromRunner, { type: T }>>;
  readonly untilReport: (runId: RunId) => Promise<RunReport>;
  /** Runs that are no longer counted as live. */
  readonly disown: (runId: RunId) => void;
  /** Cuts the connection; the next one may come at once. */
  readonly cut: () => void;
  /** Away until the returned function is called. */
  readonly goAway: () => Promise<() => Promise<void>>;
  /** Keeps the connection open and says nothing. */
  readonly fallSilent: (isSilent: boolean) => void;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

export interface FakeServerOptions {
  readonly heartbeatMs?: number;
  readonly leaseMs?: number;
  /** Whether it says `forget` after a report. */
  readonly forgets?: boolean;
}

interface State {
  readonly options: Required<FakeServerOptions>;
  readonly frames: FromRunner[];
  readonly faults: string[];
  readonly runs: Map<RunId, KnownRun>;
  readonly live: Set<RunId>;
  readonly pending: Map<CommandId, { runId: RunId; command: RunCommand }>;
  socket: WebSocket | null;
  connections: number;
  isSilent: boolean;
}

let commandCount = 0;

export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const state: State = {
    options: { heartbeatMs: 500, leaseMs: 30_000, forgets: true, ...options },
    frames: [],
    faults: [],
    runs: new Map(),
    live: new Set(),
    pending: new Map(),
    socket: null,
    connections: 0,
    isSilent: false,
  };
  let http = await listen(state, 0);
  const { port } = http.address() as AddressInfo;
  const untilFrame: FakeServer['untilFrame'] = (type, matches = () => true) =>
    until(`a ${type} frame`, () => {
      const found = state.frames.find((frame) => frame.type === type && matches(frame as never));
      return (found as Extract<FromRunner, { type: typeof type }> | undefined) ?? null;
    });
  return {
    url: `http://127.0.0.1:${port}`,
    frames: state.frames,
    faults: state.faults,
    run: (runId) => knownRun(state, runId),
    connections: () => state.connections,
    command: async (runId, command, commandId = nextCommandId()) => {
      if (command.kind === 'start') state.live.add(runId);
      state.pending.set(commandId, { runId, command });
      say(state, { type: 'command', commandId, runId, command });
      await until(`done of ${command.kind}`, () => (state.pending.has(commandId) ? null : true));
    },
    send: (frame) => say(state, frame),
    untilFrame,
    untilReport: (runId) => until(`the report of ${runId}`, () => state.runs.get(runId)?.report ?? null),
    disown: (runId) => void state.live.delete(runId),
    cut: () => state.socket?.terminate(),
    goAway: async () => {
      await close(state, http);
      return async () => {
        http = await listen(state, port);
      };
    },
    fallSilent: (isSilent) => {
      state.isSilent = isSilent;
    },
    [Symbol.asyncDispose]: () => close(state, http),
  };
}

export function nextCommandId(): CommandId {
  commandCount += 1;
  return CommandId.parse(`c_${String(commandCount).padStart(8, '0')}`);
}

async function listen(state: State, port: number): Promise<Server> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request: IncomingMessage, stream, head) => {
    if (request.url !== '/api/runner' || request.headers.authorization !== `Bearer ${FAKE_TOKEN}`) {
      stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      state.connections += 1;
      state.socket = socket;
      socket.on('message', (content) => take(state, socket, FromRunner.parse(JSON.parse(String(content)))));
      socket.on('error', () => undefined);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  http.listen(port, '127.0.0.1', resolve);
  await promise;
  return http;
}

async function close(state: State, http: Server): Promise<void> {
  state.socket?.terminate();
  const { promise, resolve } = Promise.withResolvers<void>();
  http.close(() => resolve());
  http.closeAllConnections();
  await promise;
}

function take(state: State, socket: WebSocket, frame: FromRunner): void {
  if (socket !== state.socket || state.isSilent) return;
  state.frames.push(frame);
  if (frame.type === 'hello') welcome(state);
  if (frame.type === 'beat') say(state, { type: 'beat', at: Date.now() });
  if (frame.type === 'done') state.pending.delete(frame.commandId);
  if (frame.type === 'lines') takeLines(state, frame.runId, frame.lines);
  if (frame.type === 'report') takeReport(state, frame.runId, frame.report);
}

function welcome(state: State): void {
  const runs = [...state.live].map((runId) => ({ runId, journalSeq: knownRun(state, runId).lines.length }));
  const { heartbeatMs, leaseMs } = state.options;
  say(state, { type: 'welcome', runnerId: RunnerId.parse('m_fake01'), heartbeatMs, leaseMs, runs });
  for (const [commandId, { runId, command }] of state.pending) {
    say(state, { type: 'command', commandId, runId, command });
  }
}

function takeLines(state: State, runId: RunId, lines: readonly JournalLine[]): void {
  const known = knownRun(state, runId).lines;
  for (const line of lines) {
    if (line.seq === known.length + 1) known.push(line);
    else state.faults.push(`${runId}: line ${line.seq} after ${known.length}`);
  }
  say(state, { type: 'ack', runId, journalSeq: known.length });
}

function takeReport(state: State, runId: RunId, report: RunReport): void {
  const run = knownRun(state, runId);
  run.report ??= report;
  state.live.delete(runId);
  if (state.options.forgets) say(state, { type: 'forget', runId });
}

function knownRun(state: State, runId: RunId): KnownRun {
  const run = state.runs.get(runId) ?? { lines: [], report: null };
  state.runs.set(runId, run);
  return run;
}

function say(state: State, frame: ToRunner): void {
  if (!state.isSilent) state.socket?.send(JSON.stringify(frame));
}
