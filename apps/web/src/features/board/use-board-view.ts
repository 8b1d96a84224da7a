import type { TaskStatus } from '@quarterdeck/contract/status';
import { useMemo, useRef } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { type BoardSearch, shownStatuses } from './board-search.ts';
import { type Grouped, groupCards, withOverlays } from './group-cards.ts';

export interface BoardView {
  readonly statuses: readonly TaskStatus[];
  readonly grouped: Grouped;
  readonly counts: ReadonlyMap<TaskStatus, number>;
  readonly total: number;
  /** Cards on the whole board, before any filter. */
  readonly everything: number;
  /** Cards of more than one project are shown, so each says which it is of. */
  readonly spansProjects: boolean;
}

/** The board as this search shows it. */
export function useBoardView(search: BoardSearch): BoardView {
  const cards = useLive((state) => state.board.cards);
  const overlays = useLive((state) => state.overlays);
  const last = useRef<Grouped>(new Map());
  const { project, q, assignee, needs } = search;
  const grouped = useMemo(() => {
    const next = groupCards(
      withOverlays(cards, overlays),
      { project, q, assignee, needs } as BoardSearch,
      last.current,
    );
    last.current = next;
    return next;
  }, [cards, overlays, project, q, assignee, needs]);
  const statuses = useMemo(
    () => shownStatuses({ status: search.status, archived: search.archived } as BoardSearch),
    [search.status, search.archived],
  );
  return useMemo(() => {
    const counts = new Map(statuses.map((status) => [status, grouped.get(status)?.length ?? 0]));
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return {
      statuses,
      grouped,
      counts,
      total,
      everything: cards.size,
      spansProjects: spansProjects(grouped),
    };
  }, [statuses, grouped, cards.size]);
}

function spansProjects(grouped: Grouped): boolean {
  let first: string | undefined;
  for (const cards of grouped.values()) {
    for (const { projectId } of cards) {
      first ??= projectId;
      if (projectId !== first) return true;
    }
  }
  return false;
}
