import { SearchX } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './board-columns.module.css';
import { NO_FILTERS } from './board-search.ts';
import { useGoBoard } from './use-go-board.ts';

/** Said once for the whole board when no card passes the filters. */
export function BoardNothing({ text }: { readonly text: string | undefined }) {
  const go = useGoBoard();
  return (
    <div className={styles.nothing}>
      <EmptyState
        icon={<SearchX />}
        title="No task passes the filters"
        action={<Button onClick={() => go(NO_FILTERS)}>Clear filters</Button>}
      >
        {text
          ? `Nothing here has “${text}” in its title, id, assignee or tenant.`
          : 'Take a filter away to see more.'}
      </EmptyState>
    </div>
  );
}
