import type { TaskStatus } from '@quarterdeck/contract/status';
import { useMemo, useRef } from 'react';
import type { Columns } from '../../connection/column-order.ts';
import { useLive } from '../../connection/live-store.ts';
import { type BoardSearch, shownStatuses } from './board-search.ts';
import { type Filtered, filterColumns, withOverlays } from './group-cards.ts';
import { spansProjects } from './spans-projects.ts';

export interface BoardView {
  readonly statuses: readonly TaskStatus[];
  readonly grouped: Columns;
  readonly counts: ReadonlyMap<TaskStatus, number>;
  readonly total: number;
  /** Cards on the whole board, before any filter. */
  readonly everything: number;
  /** Cards of more than one project are shown, so each says which it is of. */
  readonly spansProjects: boolean;
}

/** The board as this search shows it. */
export function useBoardView(search: BoardSearch): BoardView {
  const grouped = useGrouped(search);
  const everything = useLive((state) => state.board.cards.size);
  const statuses = useMemo(
    () => shownStatuses({ status: search.status, archived: search.archived } as BoardSearch),
    [search.status, search.archived],
  );
  return useMemo(() => {
    const counts = new Map(statuses.map((status) => [status, grouped.get(status)?.length ?? 0]));
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return { statuses, grouped, counts, total, everything, spansProjects: spansProjects(grouped) };
  }, [statuses, grouped, everything]);
}

/** The cards that pass the filters, by column; a column in which nothing changed stays the same list. */
function useGrouped({ project, q, assignee, needs, tenant, label }: BoardSearch): Columns {
  const cards = useLive((state) => state.board.cards);
  const columns = useLive((state) => state.board.columns);
  const overlays = useLive((state) => state.overlays);
  const last = useRef<Filtered | null>(null);
  return useMemo(() => {
    const filter = { project, q, assignee, needs, tenant, label } as BoardSearch;
    last.current = filterColumns(withOverlays({ cards, columns }, overlays), filter, last.current);
    return last.current.grouped;
  }, [cards, columns, overlays, project, q, assignee, needs, tenant, label]);
}
