import { useSearch } from '@tanstack/react-router';
import { Search, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { KeyCap } from '../../ui/key-cap.tsx';
import type { BoardSearch } from '../board/board-search.ts';
import { useGoBoard } from '../board/use-go-board.ts';
import styles from './search-box.module.css';

export const SEARCH_BOX_ID = 'board-search';

/** Long enough that quick typing searches once, short enough that nobody waits for it. */
const PAUSE_MS = 70;

/** Filters the board while one types. */
export function SearchBox() {
  const { text, type, settle } = useSearchText();
  return (
    <div className={styles.box}>
      <Search aria-hidden="true" />
      <input
        id={SEARCH_BOX_ID}
        type="search"
        aria-label="Search tasks"
        placeholder="Search tasks"
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={() => settle()}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (text) type('');
          else event.currentTarget.blur();
        }}
      />
      {text ? (
        <button type="button" aria-label="Clear the search" onClick={() => settle('')}>
          <X />
        </button>
      ) : (
        <KeyCap>/</KeyCap>
      )}
    </div>
  );
}

/** The text of the search: what is being typed, until the address has it. */
function useSearchText() {
  const { q = '' } = useSearch({ strict: false }) as BoardSearch;
  const go = useGoBoard();
  const [typed, setTyped] = useState<string | null>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = (text: string) => go({ q: text === '' ? undefined : text });
  return {
    text: typed ?? q,
    type: (text: string) => {
      setTyped(text);
      clearTimeout(pause.current);
      pause.current = setTimeout(() => search(text), PAUSE_MS);
    },
    /** Searches now for what is typed, or for another text, and shows the address's text from then on. */
    settle: (text = typed) => {
      clearTimeout(pause.current);
      if (text !== null) search(text);
      setTyped(null);
    },
  };
}
