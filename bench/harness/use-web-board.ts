import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { atSixtyHertz } from './record-frames.ts';

const WORDS = 'webhook keys';
/** In the middle of the board of a window of 1440 × 900. */
export const MIDDLE = { x: 760, y: 500 };

/** What a page loads of script while it is opened, KB gzipped. */
export async function loadedScript(page: Page, open: () => Promise<void>): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await open();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  page.removeAllListeners('response');
  return bytes / 1024;
}

/** From asking for the page to the first card, with the scripts in the browser's cache. */
export async function reopen(page: Page, url: string): Promise<number> {
  const startedAt = performance.now();
  await page.goto(url);
  await page.locator('[data-task-id]').first().waitFor();
  return performance.now() - startedAt;
}

/** Lifts a card with the mouse, carries it to and fro over all columns, and puts it back with Escape. */
export async function drag(page: Page, seconds: number): Promise<void> {
  const from = await middleOf(page, '[data-column="review"] [data-task-id]');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 10, { steps: 3 });
  await page.locator('[data-preview]').waitFor();
  await atSixtyHertz(seconds, (tick) =>
    page.mouse.move(MIDDLE.x + 380 * Math.sin(tick / 40), MIDDLE.y + 200 * Math.sin(tick / 17)),
  );
  await page.keyboard.press('Escape');
  await page.mouse.up();
}

/** Types letter by letter; each is timed from its key to the frame after it. */
export async function typeSearch(page: Page): Promise<number[]> {
  const box = page.getByRole('searchbox');
  await box.focus();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { typedTimes: times });
    document.addEventListener('keydown', ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - timeStamp)));
    });
  });
  for (const letter of WORDS) {
    await page.keyboard.press(letter === ' ' ? 'Space' : letter);
    await wait(120);
  }
  await page.locator('[data-task-id]').filter({ hasText: WORDS }).first().waitFor();
  const times = await page.evaluate(() => (globalThis as unknown as { typedTimes: number[] }).typedTimes);
  await box.fill('');
  await page.mouse.move(2, 2);
  return times;
}

/** The middle of what is seen of the first element that matches. */
export async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height, 600) / 2 };
}
