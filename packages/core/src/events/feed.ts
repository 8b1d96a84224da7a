import type { Event } from '@quarterdeck/contract/event';

type Listener = (events: readonly Event[]) => void;

export interface EventFeed {
  /** Hands committed events to every subscriber, in `seq` order and without gaps whatever order commits report in. */
  publish(events: readonly Event[]): void;
  subscribe(listener: Listener): () => void;
  /** The newest published sequence number. */
  cursor(): number;
}

/**
 * The in-process feed of committed events. Two transactions may report their commits in the other order; an event that
 * comes early waits for the ones before it.
 */
export function createEventFeed(startAfter: number): EventFeed {
  const listeners = new Set<Listener>();
  const early = new Map<number, Event>();
  let cursor = startAfter;

  function takeReady(): Event[] {
    const ready: Event[] = [];
    for (let next = early.get(cursor + 1); next; next = early.get(cursor + 1)) {
      early.delete(next.seq);
      cursor = next.seq;
      ready.push(next);
    }
    return ready;
  }

  return {
    publish(events) {
      for (const event of events) if (event.seq > cursor) early.set(event.seq, event);
      const ready = takeReady();
      if (ready.length > 0) for (const listener of [...listeners]) listener(ready);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cursor: () => cursor,
  };
}
