import type { Page } from 'playwright-core';

/** Far enough to pass everything on a page; a loop that never arrives is a trap for the keyboard. */
const MOST_STEPS = 80;

/** Presses Tab until what has the focus is called so, as someone without a mouse does. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const focused = await focusedName(page);
    if (name.test(focused)) return;
    passed.push(focused);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${name}. It passed: ${passed.join(' · ')}`);
}

/** What a screen reader would call the element with the focus. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    const text = element.textContent?.trim() ?? '';
    return element.getAttribute('aria-label') ?? (text === '' ? element.tagName : text);
  });
}
