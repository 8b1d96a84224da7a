import type { Event } from '@quarterdeck/contract/event';
import type { Clock, EventFeed, LiveBus, LiveFrame } from '@quarterdeck/core/events';
import type { Sink } from './sink.ts';
import { STREAM_LIMITS, type StreamLimits } from './stream-limits.ts';
import { type StreamReader, startStreamReader } from './stream-reader.ts';
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

interface Member extends Subscriber {
  readonly reader: StreamReader;
  watched: readonly string[];
}

/** Sends committed events and live frames to every reader: one subscription, one timer and one encoding for all of them. */
export function createStreamHub(deps: StreamHubDeps): StreamHub {
  const limits = { ...STREAM_LIMITS, ...deps.limits };
  const members = new Set<Member>();
  const watchers = new Map<string, Set<Member>>();
  const timer = setInterval(beat, limits.heartbeatMs).unref();
  const unsubscribe = [deps.feed.subscribe(sendEvents), deps.live.subscribe(sendLive)];

  function sendEvents(events: readonly Event[]): void {
    const shared = shareEvents(events);
    for (const { reader } of members) reader.takeEvents(shared, events);
  }

  function sendLive(frame: LiveFrame): void {
    const audience = audienceOf(frame);
    if (audience.size === 0) return;
    const shared = shareFrame(frame);
    for (const { reader } of audience) reader.takeLive(shared);
  }

  function audienceOf(frame: LiveFrame): ReadonlySet<Member> {
    if (frame.type === 'item') return watchers.get(frame.sessionId) ?? new Set();
    if (frame.type === 'delta') return watchers.get(frame.delta.sessionId) ?? new Set();
    return members;
  }

  function beat(): void {
    const at = deps.clock.now();
    const shared = shareFrame({ type: 'heartbeat', cursor: deps.feed.cursor(), at });
    for (const member of members) {
      member.reader.beat(shared, at);
      void endUnwelcome(member);
    }
  }

  async function endUnwelcome({ isWelcome, reader }: Member): Promise<void> {
    try {
      if (!(await isWelcome())) reader.end('signed_out');
    } catch (error) {
      // Not being able to tell is our failure, not the reader's.
      deps.onFailure(error);
    }
  }

  function watch(member: Member, sessionIds: readonly string[]): void {
    for (const id of member.watched) {
      const others = watchers.get(id);
      others?.delete(member);
      if (others?.size === 0) watchers.delete(id);
    }
    member.watched = [...new Set(sessionIds)];
    for (const id of member.watched) {
      const others = watchers.get(id) ?? new Set();
      watchers.set(id, others.add(member));
    }
  }

  return {
    open(sink, subscriber) {
      const since = subscriber.since ?? deps.feed.cursor();
      const reader = startStreamReader({ ...deps, limits }, sink, since);
      const member: Member = { ...subscriber, reader, watched: [] };
      members.add(member);
      return {
        watch: (sessionIds) => {
          if (members.has(member)) watch(member, sessionIds);
        },
        close: () => {
          watch(member, []);
          members.delete(member);
          reader.forget();
        },
      };
    },
    close() {
      clearInterval(timer);
      for (const stop of unsubscribe) stop();
      for (const { reader } of members) reader.end('done');
    },
  };
}
