import { useEffect } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { pageName } from './page-name.ts';

/** Names the page in the browser's tab, with how many approvals wait. */
export function usePageTitle(path: string): void {
  const waiting = useLive((state) => state.board.pending.size);
  const taskId = path.startsWith('/tasks/') ? path.slice('/tasks/'.length) : null;
  const taskTitle = useLive((state) => state.board.cards.get(taskId ?? '')?.title);
  const place = taskTitle ?? taskId ?? pageName(path) ?? 'Sign in';
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${place} · Quarterdeck`;
  }, [waiting, place]);
}
