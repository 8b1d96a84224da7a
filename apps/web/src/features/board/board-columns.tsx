import { useEffect, useRef } from 'react';
import styles from './board-columns.module.css';
import { BoardNothing } from './board-nothing.tsx';
import type { BoardSearch } from './board-search.ts';
import { useBoardUi } from './board-ui.ts';
import { Column, ColumnStrip } from './column.tsx';
import { ColumnTabs } from './column-tabs.tsx';
import { moveTask, shownCard } from './move-task.ts';
import { startPointerDrag } from './pointer-drag.ts';
import type { BoardView } from './use-board-view.ts';
import { useCollapsed } from './use-collapsed.ts';

interface BoardColumnsProps {
  readonly view: BoardView;
  readonly search: BoardSearch;
  readonly showsProject: boolean;
}

const NO_CARDS: readonly never[] = [];

/** The columns side by side; on a phone one at a time. */
export function BoardColumns({ view, search, showsProject }: BoardColumnsProps) {
  const board = useRef<HTMLDivElement>(null);
  const { collapsed, handlers } = useCollapsed(board, view);
  useEffect(() => (board.current ? startPointerDrag(board.current, DRAG) : undefined), []);
  useEffect(() => (search.task ? showColumnOf(board.current, search.task) : undefined), [search.task]);
  const isFiltered = view.everything > view.total;
  const isCreating = useBoardUi((state) => state.creatingIn !== null);
  return (
    <>
      <ColumnTabs board={board} view={view} />
      <div
        ref={board}
        className={styles.columns}
        // Without a card to focus, the region itself must be reachable by key to be scrolled.
        tabIndex={view.total === 0 ? 0 : -1}
        {...handlers}
      >
        {view.statuses.map((status) =>
          collapsed.has(status) ? (
            <ColumnStrip key={status} status={status} count={view.counts.get(status) ?? 0} />
          ) : (
            <Column
              key={status}
              status={status}
              cards={view.grouped.get(status) ?? NO_CARDS}
              openId={search.task}
              hasLanes={search.lanes === 'agent'}
              showsProject={showsProject}
              isFiltered={isFiltered}
            />
          ),
        )}
      </div>
      {isFiltered && view.total === 0 && !isCreating && <BoardNothing search={search} />}
    </>
  );
}

/** Opening a card makes the board narrower; its column stays in sight. */
function showColumnOf(board: HTMLElement | null, taskId: string): void {
  const status = shownCard(taskId)?.status;
  board?.querySelector(`[data-column="${status}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
}

const setLift = (taskId: string) => {
  const card = shownCard(taskId);
  if (!card) return;
  useBoardUi.setState({
    lift: { taskId, title: card.title, from: card.status, over: card.status, by: 'pointer' },
  });
};

const DRAG = {
  onLift: setLift,
  onOver: (over: ReturnType<typeof useBoardUi.getState>['creatingIn']) => {
    const { lift } = useBoardUi.getState();
    if (lift && lift.over !== over) useBoardUi.setState({ lift: { ...lift, over } });
  },
  onDrop: (taskId: string, status: ReturnType<typeof useBoardUi.getState>['creatingIn']) => {
    useBoardUi.setState({ lift: null });
    if (status) moveTask(taskId, status);
  },
  onCancel: () => useBoardUi.setState({ lift: null }),
};
