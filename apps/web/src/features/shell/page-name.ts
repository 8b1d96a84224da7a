import { PLACES } from './places.tsx';

/** What a page is called, by its address; null for one that is not there. */
export function pageName(path: string): string | null {
  if (path === '/graph') return 'Dependencies';
  if (path === '/attention') return 'Needs attention';
  if (path.startsWith('/tasks/')) return 'Task';
  return PLACES.find(({ to }) => to === path)?.label ?? null;
}
