import type { BudgetState } from '@quarterdeck/contract/budget';
import { useEffect, useState } from 'react';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';

const NONE: readonly BudgetState[] = [];

/** Budgets with what is spent of them, asked for again whenever runs begin or end. */
export function useBudgets(): readonly BudgetState[] {
  const fleet = useLive((state) => state.fleet);
  const [budgets, setBudgets] = useState(NONE);
  useEffect(() => {
    let isWanted = fleet !== null;
    void client.call('budget.list').then((reply) => {
      if (isWanted && reply.ok) setBudgets(reply.value.budgets);
    });
    return () => {
      isWanted = false;
    };
  }, [fleet]);
  return budgets;
}
