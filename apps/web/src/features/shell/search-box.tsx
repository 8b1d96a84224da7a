import { useSearch } from '@tanstack/react-router';
import { Search, X } from 'lucide-react';
import { KeyCap } from '../../ui/key-cap.tsx';
import type { BoardSearch } from '../board/board-search.ts';
import { useGoBoard } from '../board/use-go-board.ts';
import styles from './search-box.module.css';

export const SEARCH_BOX_ID = 'board-search';

/** Filters the board while one types. */
export function SearchBox() {
  const { q } = useSearch({ strict: false }) as BoardSearch;
  const go = useGoBoard();
  return (
    <div className={styles.box}>
      <Search aria-hidden="true" />
      <input
        id={SEARCH_BOX_ID}
        type="search"
        aria-label="Search tasks"
        placeholder="Search tasks"
        value={q ?? ''}
        onChange={(event) => go({ q: event.target.value === '' ? undefined : event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (q) go({ q: undefined });
          else event.currentTarget.blur();
        }}
      />
      {q ? (
        <button type="button" aria-label="Clear the search" onClick={() => go({ q: undefined })}>
          <X />
        </button>
      ) : (
        <KeyCap>/</KeyCap>
      )}
    </div>
  );
}
