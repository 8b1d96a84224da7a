import type { Locator, Page } from 'playwright-core';
import { middleOf } from './board-page.ts';

/** Presses long with one finger until the card lifts, moves it over a place and lets go. */
export async function dragWithFinger(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await middleOf(from);
  const end = await middleOf(to);
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', start);
  await page.locator('[data-preview]').waitFor();
  for (let step = 1; step <= 8; step += 1) await touch('touchMove', between(start, end, step / 8));
  await touch('touchEnd');
  await session.detach();
}

function between(start: { x: number; y: number }, end: { x: number; y: number }, part: number) {
  return { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part };
}
