let watched: readonly string[] = [];
let tell: (sessionIds: readonly string[]) => void = () => undefined;

/** Asks for items and deltas of a conversation while it is open. Returns what ends it. */
export function watchSession(sessionId: string): () => void {
  watched = [...watched, sessionId];
  tell([...new Set(watched)]);
  return () => {
    const at = watched.indexOf(sessionId);
    watched = watched.filter((_, index) => index !== at);
    tell([...new Set(watched)]);
  };
}

/** Connects the list to the socket that carries it; the socket repeats it after a reconnect. */
export function sendWatchedTo(send: (sessionIds: readonly string[]) => void): void {
  tell = send;
  tell([...new Set(watched)]);
}
