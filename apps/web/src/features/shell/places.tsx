import { Bot, HeartPulse, Settings, ShieldCheck, SquareKanban } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { useDiagnostics } from '../diagnostics/diagnostics-store.ts';

/** Everywhere one can go; only what exists. */
export const PLACES = [
  { to: '/', label: 'Board', icon: <SquareKanban /> },
  { to: '/approvals', label: 'Approvals', icon: <ShieldCheck /> },
  { to: '/attention', label: 'Attention', icon: <HeartPulse /> },
  { to: '/agents', label: 'Agents', icon: <Bot /> },
  { to: '/settings', label: 'Settings', icon: <Settings /> },
] as const;

export type Place = (typeof PLACES)[number];

/** What a place says about itself at a glance: a number that needs someone, or a quiet word. */
export function usePlaceNote(to: Place['to']): { readonly badge: number; readonly word: string | null } {
  const waiting = useLive((state) => state.board.pending.size);
  // From the board, which every event reaches at once; the machines tell their load when they change otherwise.
  const working = useLive(
    ({ board }) => board.columns.get('running')?.filter(({ run }) => run !== null).length ?? 0,
  );
  const wrong = useDiagnostics((state) => state.all?.length ?? 0);
  if (to === '/attention') return { badge: wrong, word: null };
  if (to === '/approvals') return { badge: waiting, word: null };
  if (to === '/agents' && working > 0) return { badge: 0, word: `${working} working` };
  return { badge: 0, word: null };
}
