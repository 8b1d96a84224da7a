import type { TaskStatus } from '@quarterdeck/contract/status';
import { type RefObject, useEffect, useState } from 'react';
import { classes } from '../../ui/classes.ts';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { STATUS_WORD } from '../../ui/status-word.ts';
import styles from './column-tabs.module.css';
import type { BoardView } from './use-board-view.ts';

interface ColumnTabsProps {
  readonly board: RefObject<HTMLElement | null>;
  readonly view: BoardView;
}

/** On a phone: which column is in sight, and a way to the others. Elsewhere hidden by its style. */
export function ColumnTabs({ board, view }: ColumnTabsProps) {
  const inSight = useColumnInSight(board, view.statuses);
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

function useColumnInSight(board: RefObject<HTMLElement | null>, statuses: readonly TaskStatus[]) {
  const [inSight, setInSight] = useState<TaskStatus | undefined>(statuses[0]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are other elements to look at
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find(({ isIntersecting }) => isIntersecting)?.target as HTMLElement | undefined;
        if (seen) setInSight(seen.dataset['column'] as TaskStatus);
      },
      { root: element, threshold: 0.6 },
    );
    for (const column of element.querySelectorAll('[data-column]')) observer.observe(column);
    return () => observer.disconnect();
  }, [board, statuses]);
  return inSight;
}
