import { dollarText, parseDollars } from '@quarterdeck/contract/budget-text';
import type { TaskCard } from '@quarterdeck/contract/task';
import { BudgetEdit } from '../budgets/budget-edit.tsx';
import { sendEdit } from './edit-task.ts';

/** What all runs of a task together may cost. */
export function TaskBudget({ card }: { readonly card: TaskCard }) {
  const amount = card.budgetMicros === null ? '' : dollarText(card.budgetMicros);
  return (
    <BudgetEdit
      name={card.id}
      owner={card}
      text={amount.slice(1)}
      hint="What all its runs together may cost, in dollars. A run that passes it is stopped. Empty for no budget."
      onSave={save}
    >
      <span>{amount === '' ? 'No budget of its own' : `Budget ${amount}`}</span>
    </BudgetEdit>
  );
}

async function save(text: string, saw: TaskCard): Promise<string | null> {
  const micros = parseDollars(text === '' ? '0' : text);
  if (!micros.ok) return micros.refusal.message;
  const reply = await sendEdit(saw, { budgetMicros: micros.value });
  return reply.ok ? null : reply.refusal.message;
}
