import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { card, cardTitled, column, drawer, waitForLive } from './board-page.ts';
import { startHarbour } from './harbour.ts';
import { openBrowser, PHONE } from './open-browser.ts';
import { focusedName, tabTo } from './tab-to.ts';

const RUN_MS = 60_000;
const FIRST = {
  title: 'Hang the bell',
  body: 'say "ding", write sounds/bell.txt and write sounds/low/horn.txt',
};
const SECOND = { title: 'Ring the bell', body: 'say "dong"' };

describe('the whole job, from the idea to the base branch', () => {
  it('is done with the keyboard alone: create, link, run, review, remark, merge (K18, K22)', async () => {
    await using harbour = await startHarbour();
    await using browser = await openBrowser(harbour.program);
    const { page } = browser;
    await waitForLive(page);
    await page.keyboard.press('c');
    const first = await writeByKey(page, FIRST);
    const second = await writeByKey(page, SECOND, FIRST.title);
    await page.keyboard.press('Escape');
    expect(await card(page, second, 'todo').textContent()).toContain(`waits for ${first}`);

    await reviewByKey(page, first);
    await page.keyboard.press('j');
    await expect.poll(() => focusedName(page)).toContain('sounds/bell.txt');
    await page.keyboard.press('k');
    await expect.poll(() => focusedName(page)).toContain('sounds/low/horn.txt');
    await page.keyboard.press('v');
    await drawer(page)
      .getByRole('checkbox', { name: 'Viewed sounds/low/horn.txt' })
      .and(page.locator(':checked'))
      .waitFor();
    await page.keyboard.press('j');
    await expect.poll(() => focusedName(page)).toContain('sounds/bell.txt');
    await remarkByKey(page, 'say "bong", please');
    await tabTo(page, /^Request changes \(1 remark\)/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await card(page, first, 'review').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');

    await reviewByKey(page, first);
    await drawer(page).getByText('bong').first().waitFor();
    await mergeByKey(page, first);
    expect(await harbour.landed('sounds/low/horn.txt')).toContain('in sounds/low/horn.txt');
    expect(await harbour.landed('greeting.txt')).toBe('bong\n');
    await reviewByKey(page, second);
    await mergeByKey(page, second);
    expect(await harbour.landed('greeting.txt')).toBe('dong\n');
  });

  it('is done with one finger on a phone: create, link, run, review, merge (K18, K22)', async () => {
    await using harbour = await startHarbour();
    await using browser = await openBrowser(harbour.program, { touch: true, viewport: PHONE });
    const { page } = browser;
    await page.locator('[data-connection="live"]').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Write the first task' }).tap();
    const first = await writeByFinger(page, FIRST);
    const second = await writeByFinger(page, SECOND, FIRST.title);
    await page.getByRole('button', { name: 'Close', exact: true }).tap();

    await reviewByFinger(page, first);
    await drawer(page).getByRole('navigation', { name: 'Changed files' }).getByRole('button').first().tap();
    await drawer(page)
      .getByRole('button', { name: /^horn\.txt/ })
      .tap();
    await drawer(page).getByRole('checkbox', { name: 'Viewed sounds/low/horn.txt' }).tap();
    await drawer(page).getByText('1 of 3 viewed').first().waitFor();
    await mergeByFinger(page);
    expect(await harbour.landed('sounds/bell.txt')).toContain('ding');
    await reviewByFinger(page, second);
    await mergeByFinger(page);
    expect(await harbour.landed('greeting.txt')).toBe('dong\n');
  });
});

interface Idea {
  readonly title: string;
  readonly body: string;
}

/** Writes a task into the open box, makes it wait for another, and returns its id. */
async function writeByKey(page: Page, { title, body }: Idea, waitsFor?: string): Promise<string> {
  const { keyboard } = page;
  await expect.poll(() => focusedName(page)).toMatch(/^Title/);
  await keyboard.type(title);
  await keyboard.press('Shift+Enter');
  await keyboard.type(body);
  if (waitsFor) {
    await tabTo(page, /^Waits for: choose a task/);
    await keyboard.press('Enter');
    await expect.poll(() => focusedName(page)).toBe('Find a task');
    await keyboard.type(waitsFor.slice(0, 8));
    await keyboard.press('Enter');
    await page.getByRole('button', { name: /^Do not wait for/ }).waitFor();
    await tabTo(page, /^Create$/);
  }
  await keyboard.press('Enter');
  await cardTitled(page, title).waitFor();
  return String(await cardTitled(page, title).getAttribute('data-task-id'));
}

/** Waits until a task is in review, walks to its card with the arrow keys and opens its changes. */
async function reviewByKey(page: Page, taskId: string): Promise<void> {
  await card(page, taskId, 'review').waitFor({ timeout: RUN_MS });
  for (let step = 0; step < 12 && (await focusedCard(page)) !== taskId; step += 1) {
    await page.keyboard.press(step % 4 === 3 ? 'ArrowDown' : step < 6 ? 'ArrowRight' : 'ArrowLeft');
  }
  expect(await focusedCard(page)).toBe(taskId);
  await page.keyboard.press('Enter');
  await drawer(page)
    .getByRole('tab', { name: /^Changes/, selected: true })
    .waitFor();
  await drawer(page).getByRole('region', { name: 'Review' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => focusedName(page)).toMatch(/^Changes/);
}

async function remarkByKey(page: Page, text: string): Promise<void> {
  await tabTo(page, /^Changes of sounds\/bell\.txt/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  await expect.poll(() => focusedName(page)).toMatch(/^Remark on sounds\/bell\.txt/);
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await drawer(page).getByText('Goes to the agent when you request changes').waitFor();
}

async function mergeByKey(page: Page, taskId: string): Promise<void> {
  await tabTo(page, /^Approve and merge/);
  await page.keyboard.press('Enter');
  await drawer(page).getByText('Landed in main').waitFor({ timeout: RUN_MS });
  await card(page, taskId, 'done').waitFor();
  await page.keyboard.press('Escape');
  await drawer(page).waitFor({ state: 'detached' });
}

function focusedCard(page: Page): Promise<string | undefined> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['taskId']);
}

async function writeByFinger(page: Page, { title, body }: Idea, waitsFor?: string): Promise<string> {
  const form = page.getByRole('form', { name: /^New task/ });
  await form.getByRole('textbox').tap();
  // A phone's Enter makes a line; there is no Shift to hold.
  await page.keyboard.type(`${title}\n${body}`);
  if (waitsFor) {
    await form.getByRole('button', { name: 'Waits for: choose a task' }).tap();
    await page.getByRole('textbox', { name: 'Find a task' }).tap();
    await page.keyboard.type(waitsFor.slice(0, 8));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(waitsFor) })
      .tap();
  }
  await form.getByRole('button', { name: 'Create' }).tap();
  await cardTitled(page, title).waitFor({ state: 'attached' });
  return String(await cardTitled(page, title).getAttribute('data-task-id'));
}

/** Goes to the review column when the task is there, and opens its changes. */
async function reviewByFinger(page: Page, taskId: string): Promise<void> {
  await card(page, taskId, 'review').waitFor({ state: 'attached', timeout: RUN_MS });
  await page
    .getByRole('navigation', { name: 'Columns' })
    .getByRole('button', { name: /^Review/ })
    .tap();
  await column(page, 'review').getByRole('link').first().tap();
  await drawer(page).getByRole('region', { name: 'Review' }).waitFor();
}

async function mergeByFinger(page: Page): Promise<void> {
  await drawer(page).getByRole('button', { name: 'Approve and merge' }).tap();
  await drawer(page).getByText('Landed in main').waitFor({ timeout: RUN_MS });
  await drawer(page).getByRole('button', { name: 'Close (Esc)' }).tap();
  await drawer(page).waitFor({ state: 'detached' });
}
