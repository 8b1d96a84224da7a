import type { Event } from '@quarterdeck/contract/event';
import { createEventFeed, type EventFeed, type ReplyStore, type SavedReply } from '@quarterdeck/core/events';

export interface MemoryLog {
  readonly feed: EventFeed;
  readEvents(cursor: number, limit: number): Promise<Event[]>;
  /** Appends without telling anyone: what another process has committed and this one has not heard of. */
  store(events: readonly Event[]): void;
  /** Appends and publishes, as a commit does. */
  commit(make: (seq: number) => Event, count?: number): void;
  /** Forgets everything up to `seq`, as retention does. */
  cut(seq: number): void;
  latest(): number;
}

/** An event log in memory that answers reads a turn of the event loop later, as a database does. */
export function createMemoryLog(): MemoryLog {
  const feed = createEventFeed(0);
  let events: Event[] = [];
  let latest = 0;
  const store = (added: readonly Event[]) => {
    events.push(...added);
    latest = added.at(-1)?.seq ?? latest;
  };
  return {
    feed,
    store,
    latest: () => latest,
    async readEvents(cursor, limit) {
      await new Promise((resolve) => setImmediate(resolve));
      const [first] = events;
      if (!first) return [];
      const from = Math.max(0, cursor + 1 - first.seq);
      return events.slice(from, from + limit);
    },
    commit(make, count = 1) {
      const added = Array.from({ length: count }, (_, index) => make(latest + 1 + index));
      store(added);
      feed.publish(added);
    },
    cut(seq) {
      events = events.filter((event) => event.seq > seq);
    },
  };
}

/** Stored replies in memory: the first for a key stays. */
export function createMemoryReplies(): ReplyStore {
  const replies = new Map<string, SavedReply>();
  return {
    find: async (scope, key) => replies.get(`${scope}\n${key}`) ?? null,
    async save(scope, key, reply) {
      const slot = `${scope}\n${key}`;
      if (replies.get(slot)?.status !== 202 && replies.has(slot)) return;
      replies.set(slot, reply);
    },
  };
}
