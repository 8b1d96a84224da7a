// Brings a run's journal to the server, each line once per connection and in order. Lines pass straight from the host when
// the server is up to date; else they are read from the journal on disk, so that a slow or absent server costs no memory.
import type { JournalLine } from '@quarterdeck/contract/journal';

const MAX_BATCH_LINES = 256;
const MAX_BATCH_CHARS = 512 * 1024;

export interface FeedDeps {
  readonly readJournal: (afterSeq: number) => AsyncIterable<JournalLine>;
  /** False when the frame was dropped because the server is not there. */
  readonly send: (lines: JournalLine[]) => boolean;
  readonly isCongested: () => boolean;
  readonly onError: (error: unknown) => void;
}

export interface LineFeed {
  /** The journal holds this line now. */
  readonly offer: (line: JournalLine) => void;
  /** The journal is known to reach this far. */
  readonly announce: (seq: number) => void;
  /** Sends what was gathered for the next frame, so that a text delta does not overtake its line. */
  readonly flush: () => void;
  /** The server is there and has all lines up to `afterSeq`. */
  readonly resume: (afterSeq: number) => void;
  /** The server is gone. */
  readonly pause: () => void;
  /** The connection can take more. */
  readonly relieve: () => void;
  readonly acknowledge: (seq: number) => void;
  /** The newest line known to be in the journal. */
  readonly newestSeq: () => number;
  readonly isAcknowledged: () => boolean;
  /** Whether text that is being written now would arrive in order with the lines. */
  readonly isLive: () => boolean;
}

interface FeedState {
  newest: number;
  acknowledged: number;
  /** Last line handed to the connection; null while the server is gone. */
  sent: number | null;
  /** Grows with every resume and pause, which outdates a reading that is under way. */
  epoch: number;
  isReading: boolean;
  batch: JournalLine[];
  batchChars: number;
}

/** A feed for a journal whose newest line is `newest`; it sends nothing before `resume`. */
export function createLineFeed(deps: FeedDeps, newest: number): LineFeed {
  const state: FeedState = {
    newest,
    acknowledged: 0,
    sent: null,
    epoch: 0,
    isReading: false,
    batch: [],
    batchChars: 0,
  };
  const restart = (sent: number | null): void => {
    Object.assign(state, { sent, batch: [], batchChars: 0, epoch: state.epoch + 1 });
    catchUp(deps, state);
  };
  return {
    offer: (line) => {
      const isNext = state.sent === line.seq - 1 && !state.isReading;
      state.newest = Math.max(state.newest, line.seq);
      if (!isNext || deps.isCongested()) return catchUp(deps, state);
      put(deps, state, line);
      // The rest of this tick may bring more lines for the same frame.
      if (state.batch.length === 1) setImmediate(() => flush(deps, state));
    },
    announce: (seq) => {
      state.newest = Math.max(state.newest, seq);
      catchUp(deps, state);
    },
    flush: () => flush(deps, state),
    resume: (afterSeq) => {
      state.acknowledged = Math.max(state.acknowledged, afterSeq);
      restart(afterSeq);
    },
    pause: () => restart(null),
    relieve: () => catchUp(deps, state),
    acknowledge: (seq) => {
      state.acknowledged = Math.max(state.acknowledged, seq);
    },
    newestSeq: () => state.newest,
    isAcknowledged: () => state.acknowledged >= state.newest,
    isLive: () => state.sent === state.newest && !state.isReading,
  };
}

function put(deps: FeedDeps, state: FeedState, line: JournalLine): void {
  state.batch.push(line);
  state.batchChars += JSON.stringify(line).length;
  state.sent = line.seq;
  if (state.batch.length >= MAX_BATCH_LINES || state.batchChars >= MAX_BATCH_CHARS) flush(deps, state);
}

function flush(deps: FeedDeps, state: FeedState): void {
  const lines = state.batch;
  state.batch = [];
  state.batchChars = 0;
  // A frame the connection did not take is sent again after the resume that follows its loss.
  if (lines.length > 0) deps.send(lines);
}

function catchUp(deps: FeedDeps, state: FeedState): void {
  if (state.isReading || !isBehind(deps, state)) return;
  state.isReading = true;
  readOn(deps, state).catch(deps.onError);
}

async function readOn(deps: FeedDeps, state: FeedState): Promise<void> {
  try {
    while (isBehind(deps, state) && (await readPart(deps, state)));
  } finally {
    // In the same turn as the decision to end, or a line offered in between would wake nobody.
    state.isReading = false;
  }
}

/** False when nothing was readable although more was announced: the next line or the next connection tries again. */
async function readPart(deps: FeedDeps, state: FeedState): Promise<boolean> {
  const { epoch, sent } = state;
  for await (const line of deps.readJournal(sent ?? 0)) {
    if (state.epoch !== epoch) return true;
    put(deps, state, line);
    if (deps.isCongested()) break;
  }
  if (state.epoch !== epoch) return true;
  flush(deps, state);
  return state.sent !== sent;
}

function isBehind(deps: FeedDeps, state: FeedState): boolean {
  return state.sent !== null && state.sent < state.newest && !deps.isCongested();
}
