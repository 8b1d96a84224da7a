import type { Event } from '@quarterdeck/contract/event';
import type { EventFeed } from '@quarterdeck/core/events';
import type { Backpressure } from './backpressure.ts';
import type { Sink } from './sink.ts';
import type { StreamLimits } from './stream-limits.ts';

export interface LogReader {
  readonly feed: Pick<EventFeed, 'cursor'>;
  readonly readEvents: (cursor: number, limit: number) => Promise<Event[]>;
  readonly limits: StreamLimits;
}

/** Where a reader is in the log. It is sent everything after `cursor`, once and in order. */
export interface Progress {
  cursor: number;
  phase: 'behind' | 'live' | 'ended';
  readonly sink: Sink;
  readonly backpressure: Backpressure;
}

/**
 * Pages through the log, at the pace the reader takes it, until its cursor has reached the feed's. False when it must start
 * over from a snapshot: the log no longer has what follows its cursor, or it is too far behind, or it stands still.
 */
export async function catchUp(log: LogReader, progress: Progress): Promise<boolean> {
  if (!(await isKnownCursor(log, progress))) return false;
  while (progress.phase === 'behind' && progress.cursor < log.feed.cursor()) {
    if (isTooFarBehind(log, progress)) return false;
    const page = await log.readEvents(progress.cursor, log.limits.pageSize);
    if (!follows(page, progress) || !(await sendPage(page, progress))) return false;
  }
  return progress.backpressure.room();
}

async function sendPage(page: readonly Event[], progress: Progress): Promise<boolean> {
  const { wire } = progress.sink;
  for (let at = 0; at < page.length; at += wire.chunkSize) {
    if (!(await progress.backpressure.room())) return false;
    const chunk = page.slice(at, at + wire.chunkSize);
    for (const message of wire.events(chunk)) progress.sink.send(message);
    progress.cursor = chunk.at(-1)?.seq ?? progress.cursor;
  }
  return true;
}

/** A cursor from the future is another log's. A snapshot can be ahead of the feed by a commit about to be published. */
async function isKnownCursor({ feed, readEvents }: LogReader, { cursor, sink }: Progress): Promise<boolean> {
  if (cursor <= feed.cursor() || !sink.wire.canTruncate) return true;
  return (await readEvents(cursor - 1, 1)).at(0)?.seq === cursor;
}

function isTooFarBehind({ feed, limits }: LogReader, { cursor, sink }: Progress): boolean {
  return sink.wire.canTruncate && feed.cursor() - cursor > limits.maxBehind;
}

/** Sequence numbers have no gaps, so a page that does not continue at the cursor means that the log was cut there. */
function follows(page: readonly Event[], { cursor, sink }: Progress): boolean {
  const [first] = page;
  return first !== undefined && (!sink.wire.canTruncate || first.seq === cursor + 1);
}
