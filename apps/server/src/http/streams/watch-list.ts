/** Which readers want which conversation. */
export interface WatchList<Reader> {
  /** The conversations a reader wants, instead of those before; an empty list forgets it. */
  set(reader: Reader, sessionIds: readonly string[]): void;
  readersOf(sessionId: string): ReadonlySet<Reader>;
}

export function createWatchList<Reader>(): WatchList<Reader> {
  const readers = new Map<string, Set<Reader>>();
  const wanted = new Map<Reader, readonly string[]>();
  const none: ReadonlySet<Reader> = new Set();

  function forget(reader: Reader): void {
    for (const id of wanted.get(reader) ?? []) {
      const others = readers.get(id);
      others?.delete(reader);
      if (others?.size === 0) readers.delete(id);
    }
    wanted.delete(reader);
  }

  return {
    set(reader, sessionIds) {
      forget(reader);
      if (sessionIds.length > 0) wanted.set(reader, sessionIds);
      for (const id of sessionIds) readers.set(id, (readers.get(id) ?? new Set()).add(reader));
    },
    readersOf: (sessionId) => readers.get(sessionId) ?? none,
  };
}
