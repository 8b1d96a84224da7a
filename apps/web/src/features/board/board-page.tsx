import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect } from 'react';
import { showArchived } from '../../connection/load-snapshot.ts';
import { BoardColumns } from './board-columns.tsx';
import { BoardEmpty } from './board-empty.tsx';
import styles from './board-page.module.css';
import type { BoardSearch } from './board-search.ts';
import { useBoardUi } from './board-ui.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useBoardKeys } from './use-board-keys.ts';
import { useBoardView } from './use-board-view.ts';
import { useGoBoard } from './use-go-board.ts';

const TaskDrawer = lazy(async () => ({ default: (await import('../task/task-drawer.tsx')).TaskDrawer }));

export function BoardPage() {
  const search = useSearch({ strict: false }) as BoardSearch;
  const view = useBoardView(search);
  const go = useGoBoard();
  const openTask = useCallback(
    (task: string | undefined) => go({ task, tab: undefined }, task !== undefined),
    [go],
  );
  const isCreating = useBoardUi((state) => state.creatingIn !== null);
  useBoardKeys({ view, openTask, openId: search.task });
  useEffect(() => {
    void showArchived(search.archived === 'yes');
  }, [search.archived]);
  const isEmpty = view.everything === 0 && !isCreating;
  return (
    <div className={styles.page} data-drawer-open={search.task !== undefined}>
      <div className={styles.board}>
        {isEmpty ? (
          <BoardEmpty />
        ) : (
          <>
            <FilterBar search={search} view={view} />
            <BoardColumns view={view} search={search} showsProject={view.spansProjects} />
          </>
        )}
        <BulkBar />
      </div>
      {search.task && (
        <Suspense fallback={<div className={styles.waiting} />}>
          <TaskDrawer taskId={search.task} tab={search.tab} />
        </Suspense>
      )}
    </div>
  );
}
