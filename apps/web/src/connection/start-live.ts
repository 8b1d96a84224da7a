import type { StreamState } from '@quarterdeck/client/cursor';
import { type LiveSocket, openLiveSocket } from '@quarterdeck/client/live-socket';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import { applyFrames } from './apply-frame.ts';
import { afterStream, type ConnectionFacts, GRACE_MS, shouldPoll } from './connection-view.ts';
import { announceFrame } from './frames.ts';
import { useLive } from './live-store.ts';
import { loadFleet, loadMe, loadSnapshot, noteEventDuringLoad, phaseAfter } from './load-snapshot.ts';
import { sendWatchedTo } from './watched-sessions.ts';

const POLL_EVERY_MS = 3000;
const TRY_AGAIN_MS = 5000;
const FLEET_PAUSE_MS = 200;

let socket: LiveSocket | null = null;
let pollTimer: ReturnType<typeof setTimeout> | undefined;
let fleetTimer: ReturnType<typeof setTimeout> | undefined;
let graceTimer: ReturnType<typeof setTimeout> | undefined;
let frames: StreamFrame[] = [];
let isFlushPlanned = false;

/** Loads the board and follows the stream from its cursor. Safe to call again after a failure or a sign-in. */
export async function startLive(): Promise<void> {
  stopLive();
  useLive.setState(({ phase }) => ({ phase: phase === 'failed' ? phase : 'loading' }));
  const refusal = (await loadMe()) ?? (await loadSnapshot());
  if (refusal) {
    const phase = phaseAfter(refusal);
    useLive.setState({ phase, failure: refusal });
    if (phase === 'failed') pollTimer = setTimeout(() => void startLive(), TRY_AGAIN_MS);
    return;
  }
  void loadFleet();
  socket = openLiveSocket({
    baseUrl: '',
    since: useLive.getState().board.cursor,
    onFrame: takeFrame,
    onState: takeState,
  });
  sendWatchedTo(socket.watch);
  globalThis.addEventListener('online', noteNetwork);
  globalThis.addEventListener('offline', noteNetwork);
}

/** Closes the stream and stops polling; safe twice. */
export function stopLive(): void {
  clearTimeout(pollTimer);
  clearTimeout(graceTimer);
  clearTimeout(fleetTimer);
  fleetTimer = undefined;
  pollTimer = undefined;
  graceTimer = undefined;
  socket?.close();
  socket = null;
  sendWatchedTo(() => undefined);
  globalThis.removeEventListener('online', noteNetwork);
  globalThis.removeEventListener('offline', noteNetwork);
}

/** Frames are applied together once per painted frame, so that a burst of them costs one render. */
function takeFrame(frame: StreamFrame): void {
  if (frame.type === 'event') noteEventDuringLoad(frame.event);
  if (frame.type === 'truncated') void loadSnapshot();
  if (changesLoad(frame)) planFleet();
  announceFrame(frame);
  frames.push(frame);
  if (isFlushPlanned) return;
  isFlushPlanned = true;
  // A hidden tab paints nothing, so it would never flush on a paint.
  if (document.hidden) setTimeout(flush, 100);
  else requestAnimationFrame(flush);
}

/** Machines tell when they come and go; how busy they are follows from runs that begin and end. */
function changesLoad(frame: StreamFrame): boolean {
  if (frame.type === 'fleet') return true;
  return frame.type === 'event' && ['run.claimed', 'run.ended', 'profile.changed'].includes(frame.event.kind);
}

/** Asks for the machines once for all that happens together. */
function planFleet(): void {
  fleetTimer ??= setTimeout(() => {
    fleetTimer = undefined;
    void loadFleet();
  }, FLEET_PAUSE_MS);
}

function flush(): void {
  isFlushPlanned = false;
  const batch = frames;
  frames = [];
  const { board } = useLive.getState();
  const next = applyFrames(board, batch);
  if (next !== board) useLive.setState({ board: next });
}

/** The socket tells that it is lost once, however often it tries again; so time decides when it is away. */
function takeState(stream: StreamState): void {
  setConnection((facts) => afterStream(facts, stream));
  if (stream === 'live') {
    clearTimeout(graceTimer);
    graceTimer = undefined;
  } else if (stream === 'lost') {
    graceTimer ??= setTimeout(() => setConnection((facts) => ({ ...facts, isAway: true })), GRACE_MS);
  }
}

function noteNetwork(): void {
  setConnection((facts) => ({ ...facts, isNetworkUp: navigator.onLine }));
  if (navigator.onLine) socket?.reconnect();
}

function setConnection(change: (facts: ConnectionFacts) => ConnectionFacts): void {
  const connection = change(useLive.getState().connection);
  useLive.setState({ connection });
  if (!shouldPoll(connection)) {
    clearTimeout(pollTimer);
    pollTimer = undefined;
  } else if (pollTimer === undefined) {
    pollTimer = setTimeout(poll, 0);
  }
}

async function poll(): Promise<void> {
  const refusal = await loadSnapshot();
  if (refusal?.code === 'sign_in_required') {
    stopLive();
    useLive.setState({ phase: 'signed-out', failure: refusal });
    return;
  }
  if (pollTimer === undefined) return;
  useLive.setState(({ connection }) => ({ connection: { ...connection, pollWorked: refusal === null } }));
  pollTimer = setTimeout(poll, POLL_EVERY_MS);
}
