import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, cardTitled, drawer, toast, waitForLive } from './board-page.ts';
import { type IdleBoard, startIdleBoard } from './idle-board.ts';
import { type Browser, openBrowser } from './open-browser.ts';

describe('the board without a mouse', () => {
  let board: IdleBoard;
  let browser: Browser;
  beforeAll(async () => {
    board = await startIdleBoard();
    browser = await openBrowser(board.program);
    await waitForLive(browser.page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await board.program[Symbol.asyncDispose]();
  });

  it('creates with C, walks with arrows, opens with Enter and goes back with Escape', async () => {
    const { page } = browser;
    const { keyboard } = page;
    await keyboard.press('c');
    for (const title of ['Sound the horn', 'Light the lamp']) {
      await page.keyboard.type(title);
      await keyboard.press('Enter');
      await cardTitled(page, title, 'ready').waitFor();
      await expect.poll(() => page.getByRole('textbox', { name: /^Title/ }).inputValue()).toBe('');
    }
    await keyboard.press('Escape');
    await page.getByRole('form').waitFor({ state: 'detached' });

    await keyboard.press('ArrowDown');
    await expect.poll(() => focusedTitle(browser)).toContain('Sound the horn');
    await keyboard.press('ArrowDown');
    await expect.poll(() => focusedTitle(browser)).toContain('Light the lamp');
    await keyboard.press('Enter');
    await drawer(page).getByRole('heading', { name: 'Light the lamp' }).waitFor();
    await keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'detached' });
    await expect.poll(() => focusedTitle(browser)).toContain('Light the lamp');
  });

  it('lifts with Space, chooses a column with arrows, drops with Space, puts back with Escape, and says so', async () => {
    const { page } = browser;
    const id = await board.add('Weigh the anchor');
    await card(page, id, 'ready').waitFor();
    await card(page, id).focus();
    const spoken = page.locator('[aria-live]').filter({ hasText: /Lifted|Over|moved|Cancelled/ });
    await page.keyboard.press('Space');
    await spoken.filter({ hasText: 'Lifted Weigh the anchor from Ready' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Escape');
    await spoken.filter({ hasText: `Cancelled. ${id} stays in Ready` }).waitFor();

    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await spoken.filter({ hasText: 'Over Todo. Space drops it here.' }).waitFor();
    await page.keyboard.press('Space');
    await card(page, id, 'todo').waitFor();
    await expect.poll(() => focusedTitle(browser)).toContain('Weigh the anchor');

    await page.keyboard.press('Space');
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
    await spoken.filter({ hasText: 'Over Running. Quarterdeck starts runs itself' }).waitFor();
    await page.keyboard.press('Space');
    await toast(page, `${id} stays in Todo`).waitFor();
    await card(page, id, 'todo').waitFor();
  });

  it('finds with /, jumps with Ctrl K and lists its keys with ?', async () => {
    const { page } = browser;
    await board.add('Polish the bell');
    await cardTitled(page, 'Polish the bell').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('bell');
    await expect.poll(() => page.locator('[data-task-id]').count()).toBe(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[data-task-id]').count()).toBeGreaterThan(1);
    await page.keyboard.press('Escape');

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Jump to a task or page').fill('polish');
    await page.getByRole('option', { name: /Polish the bell/ }).waitFor();
    await page.keyboard.press('Enter');
    await drawer(page).getByRole('heading', { name: 'Polish the bell' }).waitFor();
    await page.keyboard.press('Escape');
  });
});

function focusedTitle({ page }: Browser): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}
