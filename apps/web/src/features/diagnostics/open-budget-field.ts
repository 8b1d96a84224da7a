export const TASK_BUDGET_ID = 'task-budget';
/** The task's page may have to be loaded first. */
const PATIENCE_MS = 3000;

/** Opens the budget field of the task as soon as it is drawn, and puts the cursor in it. */
export function openBudgetField(until = performance.now() + PATIENCE_MS): void {
  const button = document.querySelector<HTMLButtonElement>(`#${TASK_BUDGET_ID} button`);
  if (button && button.type === 'button') button.click();
  else if (performance.now() < until) requestAnimationFrame(() => openBudgetField(until));
}
