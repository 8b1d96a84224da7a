import type { BudgetState } from '@quarterdeck/contract/budget';
import { budgetText, dollarText } from '@quarterdeck/contract/budget-text';
import type { Context } from '../command/context.ts';
import { relativeText } from './amount-text.ts';
import { type Cell, type Column, renderTable } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'OF' },
  { title: 'NAME', isElastic: true },
  { title: 'BUDGET', align: 'right' },
  { title: 'SPENT', align: 'right' },
  { title: 'NEXT RUN', align: 'right' },
  { title: 'STATE' },
  { title: 'BEGINS ANEW', align: 'right' },
];

/** Budgets as an aligned table. */
export function budgetTable({ paint, terminal }: Context, budgets: readonly BudgetState[]): string {
  const rows = budgets.map((budget): readonly Cell[] => [
    { text: budget.scope, tone: 'grey' },
    { text: budget.scope === 'task' ? `${budget.scopeId} ${budget.name}` : budget.name },
    { text: `$${budgetText(budget)}` },
    { text: dollarText(budget.spentMicros) },
    { text: budget.nextRunMicros === 0 ? '–' : `~${dollarText(budget.nextRunMicros)}` },
    budget.spentMicros + budget.nextRunMicros > budget.limitMicros
      ? { text: '! used up', tone: 'amber' }
      : { text: '✓ open', tone: 'green' },
    { text: budget.until === null ? '–' : relativeText(budget.until, terminal.now()) },
  ]);
  return renderTable({ paint, width: terminal.stdout.columns }, COLUMNS, rows);
}
