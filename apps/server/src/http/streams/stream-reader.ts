import type { Event } from '@quarterdeck/contract/event';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import { watchBackpressure } from './backpressure.ts';
import { catchUp, type LogReader, type Progress } from './catch-up.ts';
import type { EndReason, Sink } from './sink.ts';
import type { Shared } from './wire.ts';

export interface ReaderDeps extends LogReader {
  /** Told of a failure to read the log; the reader is cut off and will come back. */
  readonly onFailure: (error: unknown) => void;
}

/** One reader of the log. */
export interface StreamReader {
  /** Events just committed, and the same encoded for all readers. */
  takeEvents(shared: Shared, events: readonly Event[]): void;
  /** A frame that is shown and forgotten; a reader that lags goes without. */
  takeLive(shared: Shared): void;
  beat(shared: Shared, at: number): void;
  end(why: EndReason): void;
  /** The connection is gone. */
  forget(): void;
}

/**
 * Starts to send the log after `since`. A reader never has a gap nor a repetition: while it is behind it pages through the
 * log, and it follows the feed from the moment its cursor has reached the feed's. Nothing is buffered for it beyond what its
 * connection has not taken yet: when that is too much it pages again, at its own pace, and when it stands still it is cut off.
 */
export function startStreamReader(deps: ReaderDeps, sink: Sink, since: number): StreamReader {
  const backpressure = watchBackpressure(sink, deps.limits);
  const progress: Progress = { cursor: since, phase: 'behind', sink, backpressure };
  sendFrame(sink, { type: 'hello', cursor: since, heartbeatMs: deps.limits.heartbeatMs });
  void followFromBehind(deps, progress);

  function takeLive(shared: Shared): void {
    if (progress.phase === 'ended') return;
    if (!backpressure.isOverfull()) sendAll(sink, shared.on(sink.wire));
    else if (progress.phase === 'live') void followFromBehind(deps, progress);
  }

  return {
    takeEvents: (shared, events) => takeEvents(deps, progress, { shared, events }),
    takeLive,
    beat(shared, at) {
      if (progress.phase === 'live') takeLive(shared);
      else if (progress.phase === 'behind' && !backpressure.isOverfull()) {
        sendFrame(sink, { type: 'heartbeat', cursor: progress.cursor, at });
      }
    },
    end: (why) => end(deps, progress, why),
    forget() {
      progress.phase = 'ended';
      backpressure.close();
    },
  };
}

/** Gets a reader from wherever it is to following the feed, or cuts it off. */
async function followFromBehind(deps: ReaderDeps, progress: Progress): Promise<void> {
  progress.phase = 'behind';
  try {
    // The feed can move on between the last look at it and here; from this line to `live` nothing else runs.
    while (await catchUp(deps, progress)) {
      if (isEnded(progress)) return;
      if (progress.cursor >= deps.feed.cursor()) return goLive(progress);
    }
    truncate(deps, progress);
  } catch (error) {
    deps.onFailure(error);
    end(deps, progress, 'slow');
  }
}

function takeEvents(
  deps: ReaderDeps,
  progress: Progress,
  { shared, events }: { readonly shared: Shared; readonly events: readonly Event[] },
): void {
  const { sink, cursor } = progress;
  const last = events.at(-1);
  if (progress.phase !== 'live' || !last || last.seq <= cursor) return;
  if (progress.backpressure.isOverfull()) {
    void followFromBehind(deps, progress);
    return;
  }
  const isNext = events[0]?.seq === cursor + 1;
  sendAll(sink, isNext ? shared.on(sink.wire) : sink.wire.events(events.filter(({ seq }) => seq > cursor)));
  progress.cursor = last.seq;
}

function goLive(progress: Progress): void {
  progress.phase = 'live';
  sendFrame(progress.sink, { type: 'live', cursor: progress.cursor });
}

function truncate(deps: ReaderDeps, progress: Progress): void {
  if (isEnded(progress)) return;
  sendFrame(progress.sink, { type: 'truncated', cursor: deps.feed.cursor() });
  end(deps, progress, 'slow');
}

function end({ limits }: ReaderDeps, progress: Progress, why: EndReason): void {
  if (isEnded(progress)) return;
  progress.phase = 'ended';
  progress.backpressure.close();
  progress.sink.end(why);
  // A connection that takes nothing would otherwise keep what it was sent for as long as it likes.
  setTimeout(() => progress.sink.destroy(), limits.slowReaderMs).unref();
}

function isEnded({ phase }: Progress): boolean {
  return phase === 'ended';
}

function sendAll(sink: Sink, messages: readonly Buffer[]): void {
  for (const message of messages) sink.send(message);
}

function sendFrame(sink: Sink, frame: StreamFrame): void {
  const message = sink.wire.frame(frame);
  if (message) sink.send(message);
}
