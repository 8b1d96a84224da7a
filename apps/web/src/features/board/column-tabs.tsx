import type { TaskStatus } from '@quarterdeck/contract/status';
import { type RefObject, useEffect, useRef } from 'react';
import { classes } from '../../ui/classes.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import { useBoardUi } from './board-ui.ts';
import styles from './column-tabs.module.css';
import type { BoardView } from './use-board-view.ts';

const PHONE_PX = 700;
const STARTS: readonly TaskStatus[] = ['running', 'ready'];

interface ColumnTabsProps {
  readonly board: RefObject<HTMLElement | null>;
  readonly view: BoardView;
}

/** On a phone: which column is in sight, and a way to the others. Elsewhere hidden by its style. */
export function ColumnTabs({ board, view }: ColumnTabsProps) {
  const inSight = useColumnInSight(board, view.statuses);
  useStartColumn(board, view);
  return (
    <nav className={styles.tabs} aria-label="Columns">
      {view.statuses.map((status) => (
        <button
          key={status}
          type="button"
          ref={status === inSight ? bringIntoSight : undefined}
          className={classes(styles.tab, status === inSight && styles.on)}
          aria-current={status === inSight}
          onClick={() => scrollToColumn(board.current, status)}
        >
          <StatusGlyph status={status} />
          {STATUS_WORD[status]}
          <span>{view.counts.get(status) ?? 0}</span>
        </button>
      ))}
    </nav>
  );
}

function bringIntoSight(tab: HTMLElement | null): void {
  const bar = tab?.parentElement;
  if (tab && bar) bar.scrollTo({ left: tab.offsetLeft - bar.clientWidth / 2 + tab.clientWidth / 2 });
}

function scrollToColumn(board: HTMLElement | null, status: TaskStatus): void {
  board?.querySelector(`[data-column="${status}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' });
}

/** Follows the column in sight; null where several are. */
function useColumnInSight(board: RefObject<HTMLElement | null>, statuses: readonly TaskStatus[]) {
  const inSight = useBoardUi((state) => state.columnInSight);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are other elements to look at
  useEffect(() => {
    const element = board.current;
    if (!element || globalThis.innerWidth > PHONE_PX) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find(({ isIntersecting }) => isIntersecting)?.target as HTMLElement | undefined;
        if (seen) useBoardUi.setState({ columnInSight: seen.dataset['column'] as TaskStatus });
      },
      { root: element, threshold: 0.6 },
    );
    for (const column of element.querySelectorAll('[data-column]')) observer.observe(column);
    return () => {
      observer.disconnect();
      useBoardUi.setState({ columnInSight: null });
    };
  }, [board, statuses]);
  return inSight;
}

/** A phone starts where something happens: at what runs, else at what is ready, else at the first card. */
function useStartColumn(board: RefObject<HTMLElement | null>, { statuses, counts }: BoardView): void {
  const isPlaced = useRef(false);
  useEffect(() => {
    if (isPlaced.current || globalThis.innerWidth > PHONE_PX) return;
    const hasCards = (status: TaskStatus) => statuses.includes(status) && (counts.get(status) ?? 0) > 0;
    const start = [...STARTS, ...statuses].find(hasCards);
    if (!start) return;
    isPlaced.current = true;
    scrollToColumn(board.current, start);
  }, [board, statuses, counts]);
}
