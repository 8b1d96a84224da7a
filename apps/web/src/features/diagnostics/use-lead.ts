import type { TaskCard } from '@quarterdeck/contract/task';
import { useNavigate } from '@tanstack/react-router';
import { useLive } from '../../connection/live-store.ts';
import type { Lead } from './carry-out-remedy.ts';
import { openBudgetField } from './open-budget-field.ts';

/** Where a budget is changed that is not the task's own. */
const BUDGET_PAGES: Readonly<Record<string, '/settings' | '/agents'>> = {
  project_budget: '/settings',
  profile_budget: '/agents',
};

/** Brings a person to where a remedy is: the approvals of the task, its changes, or the budget that is spent. */
export function useLead(card: TaskCard, onTab: (tab: string) => void): Lead {
  const navigate = useNavigate();
  const openBudget = () => {
    const page = card.status === 'ready' ? BUDGET_PAGES[card.waiting?.code ?? ''] : undefined;
    if (page) return void navigate({ to: page });
    onTab('task');
    openBudgetField();
  };
  const openApprovals = () => {
    const pending = [...useLive.getState().board.pending.values()];
    const asked = pending.find(({ taskId }) => taskId === card.id);
    void navigate({ to: '/approvals', search: asked ? { id: asked.id } : {} });
  };
  return (place) => {
    if (place === 'changes') onTab('changes');
    else if (place === 'budget') openBudget();
    else openApprovals();
  };
}
