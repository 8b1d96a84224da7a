import type { Event } from '@quarterdeck/contract/event';
import type { Clock, EventFeed, LiveBus, LiveFrame } from '@quarterdeck/core/events';
import type { Sink } from './sink.ts';
import { STREAM_LIMITS, type StreamLimits } from './stream-limits.ts';
import { type StreamReader, startStreamReader } from './stream-reader.ts';
import { createWatchList, type WatchList } from './watch-list.ts';
import { shareEvents, shareFrame } from './wire.ts';

export interface StreamHubDeps {
  readonly feed: EventFeed;
  readonly live: LiveBus;
  readonly readEvents: (cursor: number, limit: number) => Promise<Event[]>;
  readonly clock: Clock;
  readonly limits?: Partial<StreamLimits> | undefined;
  readonly onFailure: (error: unknown) => void;
}

export interface Subscription {
  /** Which conversations the reader wants items and deltas of, instead of those before. */
  watch(sessionIds: readonly string[]): void;
  /** The connection is gone: nothing is sent any more. */
  close(): void;
}

export interface Subscriber {
  /** Cursor to stream from; null starts at the newest event. */
  readonly since: number | null;
  /** Asked at every heartbeat: whether whoever reads may go on. */
  readonly isWelcome: () => Promise<boolean>;
}

export interface StreamHub {
  open(sink: Sink, subscriber: Subscriber): Subscription;
  /** Ends all streams. */
  close(): void;
}

interface Member {
  readonly reader: StreamReader;
  readonly isWelcome: Subscriber['isWelcome'];
}

/** Sends committed events and live frames to every reader: one subscription, one timer and one encoding for all of them. */
export function createStreamHub(deps: StreamHubDeps): StreamHub {
  const limits = { ...STREAM_LIMITS, ...deps.limits };
  const members = new Set<Member>();
  const watchers = createWatchList<Member>();
  const stopFollowing = follow(deps, members, watchers);
  const timer = setInterval(() => beat(deps, members), limits.heartbeatMs).unref();
  return {
    open(sink, { since, isWelcome }) {
      const reader = startStreamReader({ ...deps, limits }, sink, since ?? deps.feed.cursor());
      const member: Member = { reader, isWelcome };
      members.add(member);
      return {
        watch: (sessionIds) => {
          if (members.has(member)) watchers.set(member, sessionIds);
        },
        close: () => {
          watchers.set(member, []);
          members.delete(member);
          reader.forget();
        },
      };
    },
    close() {
      clearInterval(timer);
      stopFollowing();
      for (const { reader } of members) reader.end('done');
    },
  };
}

type Members = ReadonlySet<Member>;

/** Passes on what is committed and what is live. */
function follow({ feed, live }: StreamHubDeps, members: Members, watchers: WatchList<Member>): () => void {
  const stopEvents = feed.subscribe((events) => {
    const shared = shareEvents(events);
    for (const { reader } of members) reader.takeEvents(shared, events);
  });
  const stopLive = live.subscribe((frame) => {
    const audience = audienceOf(frame, members, watchers);
    if (audience.size === 0) return;
    const shared = shareFrame(frame);
    for (const { reader } of audience) reader.takeLive(shared);
  });
  return () => {
    stopEvents();
    stopLive();
  };
}

function audienceOf(frame: LiveFrame, members: Members, watchers: WatchList<Member>): Members {
  if (frame.type === 'item') return watchers.readersOf(frame.sessionId);
  return frame.type === 'delta' ? watchers.readersOf(frame.delta.sessionId) : members;
}

function beat(deps: StreamHubDeps, members: Members): void {
  const at = deps.clock.now();
  const shared = shareFrame({ type: 'heartbeat', cursor: deps.feed.cursor(), at });
  for (const member of members) {
    member.reader.beat(shared, at);
    void endUnwelcome(deps, member);
  }
}

async function endUnwelcome({ onFailure }: StreamHubDeps, { isWelcome, reader }: Member): Promise<void> {
  try {
    if (!(await isWelcome())) reader.end('signed_out');
  } catch (error) {
    // Not being able to tell is our failure, not the reader's.
    onFailure(error);
  }
}
