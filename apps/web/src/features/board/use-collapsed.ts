import type { TaskStatus } from '@quarterdeck/contract/status';
import { type RefObject, useCallback, useMemo, useSyncExternalStore } from 'react';
import { useBoardPrefs } from './board-prefs.ts';
import { collapsedColumns } from './collapsed-columns.ts';
import type { BoardView } from './use-board-view.ts';
import { useHeld } from './use-held.ts';

const PHONE_PX = 700;
/** Of both sides of the row of columns, as in board-columns.module.css. */
const PADDING_PX = 26;
const NONE: ReadonlySet<TaskStatus> = new Set();

/** The columns drawn as strips. Which ones stays the same while the pointer is on the board. */
export function useCollapsed(board: RefObject<HTMLElement | null>, { statuses, counts }: BoardView) {
  const chosen = useBoardPrefs((state) => state.chosen);
  const widthPx = useWidth(board);
  const settled = useMemo(() => new Map(counts), [counts]);
  const { held, handlers } = useHeld(settled);
  const shown = held ?? settled;
  const collapsed = useMemo(() => {
    if (widthPx === 0 || globalThis.innerWidth <= PHONE_PX) return NONE;
    return collapsedColumns({ statuses, counts: shown, chosen, widthPx: widthPx - PADDING_PX });
  }, [statuses, shown, chosen, widthPx]);
  return { collapsed, handlers };
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!element.current) return () => undefined;
      const observer = new ResizeObserver(listener);
      observer.observe(element.current);
      return () => observer.disconnect();
    },
    [element],
  );
  return useSyncExternalStore(subscribe, () => Math.round(element.current?.clientWidth ?? 0));
}
