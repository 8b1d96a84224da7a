import { useEffect } from 'react';
import { useLive } from '../../connection/live-store.ts';
import { PLACES } from './places.tsx';

/** Names the page in the browser's tab, with how many approvals wait. */
export function usePageTitle(path: string): void {
  const waiting = useLive((state) => state.board.pending.size);
  const taskId = path.startsWith('/tasks/') ? path.slice('/tasks/'.length) : null;
  const taskTitle = useLive((state) => state.board.cards.get(taskId ?? '')?.title);
  const graph = path === '/graph' ? 'Dependencies' : undefined;
  const place = taskTitle ?? taskId ?? graph ?? PLACES.find(({ to }) => to === path)?.label ?? 'Sign in';
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${place} · Quarterdeck`;
  }, [waiting, place]);
}
