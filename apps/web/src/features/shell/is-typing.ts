/** Whether a key belongs to a text field, a menu or a question rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('[role="menu"], [role="dialog"], [role="listbox"]'))
    return true;
  return target.matches('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])');
}
