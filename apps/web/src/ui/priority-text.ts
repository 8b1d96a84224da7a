/** The steps offered in menus; any whole number is allowed. */
export const PRIORITY_STEPS = [3, 2, 1, 0, -1] as const;

/** A priority as a figure: higher runs first. */
export function priorityText(priority: number): string {
  if (priority === 0) return '0';
  return priority > 0 ? `↑${priority}` : `↓${-priority}`;
}

/** A priority as a word. */
export function priorityWord(priority: number): string {
  if (priority < 0) return 'Low';
  return ['Normal', 'Raised', 'High'][priority] ?? 'Urgent';
}
