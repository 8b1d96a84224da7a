import type { TaskStatus } from '@quarterdeck/contract/status';
import type { Locator, Page } from 'playwright-core';

/** A column, open or folded to a strip. */
export function column(page: Page, status: TaskStatus): Locator {
  return page.locator(`[data-column="${status}"]`);
}

/** A card wherever it is, or in one column. */
export function card(page: Page, taskId: string, status?: TaskStatus): Locator {
  const within = status ? column(page, status) : page;
  return within.locator(`[data-task-id="${taskId}"]`);
}

/** The card with this title. */
export function cardTitled(page: Page, title: string, status?: TaskStatus): Locator {
  const within = status ? column(page, status) : page;
  return within.locator('[data-task-id]').filter({ hasText: title });
}

/** A task beside the board. */
export function drawer(page: Page): Locator {
  return page.locator('[data-drawer]');
}

/** Opens the drawer of a card by clicking its title. */
export async function openCard(page: Page, taskId: string): Promise<Locator> {
  await card(page, taskId).getByRole('link').click();
  await drawer(page).getByRole('tab').first().waitFor();
  return drawer(page);
}

/** Chooses a part of the task in its drawer or page. */
export async function openTab(page: Page, name: string): Promise<Locator> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}`) });
  await tab.click();
  return page.getByRole('tabpanel');
}

/** What the connection dot says: live, catching-up, polling or offline. */
export function connection(page: Page): Promise<string | null> {
  return page.locator('[data-connection]').getAttribute('data-connection');
}

/** Waits until what the page shows is live. */
export async function waitForLive(page: Page): Promise<void> {
  await page.locator('[data-connection="live"]').waitFor();
}

/** What pops up at the edge after an action. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('[data-sonner-toast]').filter({ hasText: text });
}

/** Drags a card to a column with the mouse, as a hand does: press, move in steps, let go. */
export async function dragCard(page: Page, taskId: string, to: TaskStatus): Promise<void> {
  const from = await middleOf(card(page, taskId));
  const target = await middleOf(column(page, to));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 4, { steps: 4 });
  await page.locator('[data-preview]').waitFor();
  await page.mouse.move(target.x, target.y, { steps: 10 });
  await page.mouse.up();
  // A resting pointer would hold the cards below it in their places.
  await page.mouse.move(2, 2);
}

/** The middle of what is seen of an element. */
export async function middleOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  await locator.waitFor();
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not drawn`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
