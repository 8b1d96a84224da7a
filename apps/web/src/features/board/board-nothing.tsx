import { Plus, SearchX } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './board-columns.module.css';
import { type BoardSearch, NO_FILTERS } from './board-search.ts';
import { createHere } from './create-here.ts';
import { useGoBoard } from './use-go-board.ts';

/** Said once for the whole board when it shows no card: because of the filters, or because the project has none. */
export function BoardNothing({ search }: { readonly search: BoardSearch }) {
  const go = useGoBoard();
  const isFiltered = Object.keys(NO_FILTERS).some(
    (key) => search[key as keyof typeof NO_FILTERS] !== undefined,
  );
  return (
    <div className={styles.nothing}>
      {isFiltered ? (
        <EmptyState
          icon={<SearchX />}
          title="No task passes the filters"
          action={<Button onClick={() => go(NO_FILTERS)}>Clear filters</Button>}
        >
          {search.q
            ? `Nothing here has “${search.q}” in its title, id, assignee, tenant or labels.`
            : 'Take a filter away to see more.'}
        </EmptyState>
      ) : (
        <EmptyState
          icon={<Plus />}
          title="This project has no tasks yet"
          action={
            <Button look="primary" shortcut="C" onClick={createHere}>
              Write the first task
            </Button>
          }
        >
          Choose All in the project list to see the other projects.
        </EmptyState>
      )}
    </div>
  );
}
