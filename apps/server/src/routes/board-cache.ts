import type { Board, BoardQuery } from '@quarterdeck/contract/board';
import type { Result } from '@quarterdeck/contract/result';
import type { Clock } from '@quarterdeck/core/events';
import { keepReply } from '../http/kept-reply.ts';

/** Ages and back-off texts move with the clock, so no board is shown for longer than this. */
const SHOWN_MS = 5_000;
/** Filters kept at once; a board is large. */
const MOST_FILTERS = 4;

interface BoardCacheDeps {
  /** Changes with every commit of this server. */
  readonly revision: () => number;
  readonly clock: Clock;
}

interface Shown {
  readonly revision: number;
  readonly until: number;
  readonly board: Promise<Result<Board>>;
}

/**
 * Shows the same board again while nothing was committed, also to all who ask while it is being read. Where another server
 * commits to the same database it can be five seconds behind, but never wrong: a stream from its cursor brings what it lacks.
 */
export function createBoardCache(
  deps: BoardCacheDeps,
  load: (query: BoardQuery) => Promise<Result<Board>>,
): { show(query: BoardQuery): Promise<Result<Board>> } {
  const shown = new Map<string, Shown>();

  function read(query: BoardQuery): Shown {
    // Taken before anything is read: a commit in between makes the board old, never young.
    const [revision, until] = [deps.revision(), deps.clock.now() + SHOWN_MS];
    return { revision, until, board: load(query).then(keep) };
  }

  function forget(filter: string, entry: Shown): void {
    if (shown.get(filter) === entry) shown.delete(filter);
  }

  return {
    show(query) {
      const filter = JSON.stringify([query.tenant, query.project, query.label, query.includeArchived]);
      const known = shown.get(filter);
      const isGood = known?.revision === deps.revision() && deps.clock.now() < known.until;
      if (known && isGood) return known.board;
      const entry = read(query);
      shown.delete(filter);
      const oldest = shown.size >= MOST_FILTERS ? shown.keys().next().value : undefined;
      if (oldest !== undefined) shown.delete(oldest);
      shown.set(filter, entry);
      entry.board.catch(() => forget(filter, entry));
      setTimeout(() => forget(filter, entry), SHOWN_MS).unref();
      return entry.board;
    },
  };
}

function keep(result: Result<Board>): Result<Board> {
  if (result.ok) keepReply(result.value);
  return result;
}
