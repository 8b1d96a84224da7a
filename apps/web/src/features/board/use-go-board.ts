import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { BoardSearch } from './board-search.ts';

type Change = { readonly [K in keyof BoardSearch]?: BoardSearch[K] | undefined };

/** Changes what the board shows, in the address. `isStep` adds to the history, so that Back takes it back. */
export function useGoBoard(): (change: Change, isStep?: boolean) => void {
  const navigate = useNavigate();
  return useCallback(
    (change, isStep = false) => {
      void navigate({
        to: '/',
        search: (previous) => ({ ...(previous as BoardSearch), ...change }) as BoardSearch,
        replace: !isStep,
      });
    },
    [navigate],
  );
}
