import type { TaskCard } from '@quarterdeck/contract/task';
import { useNavigate } from '@tanstack/react-router';
import { useLive } from '../../connection/live-store.ts';
import type { Lead } from './carry-out-remedy.ts';

/** Brings a person to where a remedy is: the approvals of the task, its changes, or its budget. */
export function useLead(card: TaskCard, onTab: (tab: string) => void): Lead {
  const navigate = useNavigate();
  return (place) => {
    if (place === 'changes') return onTab('changes');
    if (place === 'budget') return onTab('task');
    const pending = [...useLive.getState().board.pending.values()];
    const asked = pending.find(({ taskId }) => taskId === card.id);
    void navigate({ to: '/approvals', search: asked ? { id: asked.id } : {} });
  };
}
