import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask } from '../program/board-view.ts';
import { card, cardTitled, column, dragCard, openCard, toast, waitForLive } from './board-page.ts';
import { dragWithFinger } from './finger.ts';
import { type IdleBoard, startIdleBoard } from './idle-board.ts';
import { openBrowser, PHONE } from './open-browser.ts';

describe('the board by hand', () => {
  let board: IdleBoard;
  beforeAll(async () => {
    board = await startIdleBoard();
  });
  afterAll(() => board.program[Symbol.asyncDispose]());

  it('moves a card by mouse, takes the move back on Undo, and keeps it on the server', async () => {
    const id = await board.add('Paint the buoy');
    await using browser = await openBrowser(board.program);
    const { page } = browser;
    await waitForLive(page);
    await dragCard(page, id, 'todo');
    await card(page, id, 'todo').waitFor();
    await toast(page, `${id} moved to Todo`).getByRole('button', { name: 'Undo' }).click();
    await card(page, id, 'ready').waitFor();
    await expect.poll(() => statusOf(board, id)).toBe('ready');
    expect(await page.locator('[data-drawer]').count()).toBe(0);
  });

  it('puts a card back with the reason when the board or the server refuses the move', async () => {
    const parent = await board.add('Lay the keel');
    const child = await board.add('Raise the mast', { parents: [parent] });
    await using browser = await openBrowser(board.program);
    browser.complaints.allow(/409|422/);
    const { page } = browser;
    await waitForLive(page);
    await dragCard(page, parent, 'running');
    await toast(page, `${parent} stays in Ready`).getByText('Quarterdeck starts runs itself').waitFor();
    await card(page, parent, 'ready').waitFor();

    await dragCard(page, child, 'ready');
    const refusal = toast(page, `${child} stays in Todo`);
    await refusal.waitFor();
    expect(await refusal.textContent()).toContain(parent);
    await card(page, child, 'todo').waitFor();
    expect(await statusOf(board, child)).toBe('todo');
  });

  it('creates tasks in a column, one after another', async () => {
    await using browser = await openBrowser(board.program);
    const { page } = browser;
    await waitForLive(page);
    await column(page, 'ready').getByRole('button', { name: 'New task in Ready (C)' }).click();
    const box = page.getByRole('form', { name: 'New task in Ready' });
    await box.getByRole('textbox').fill('Splice the rope\nWith an **eye** at its end.');
    await box.getByRole('button', { name: 'Create' }).click();
    await cardTitled(page, 'Splice the rope', 'ready').waitFor();
    await expect.poll(() => box.getByRole('textbox').inputValue()).toBe('');
    await box.getByRole('textbox').fill('Coil the rope');
    await page.keyboard.press('Enter');
    const second = cardTitled(page, 'Coil the rope', 'ready');
    await second.waitFor();
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    const id = String(await cardTitled(page, 'Splice the rope').getAttribute('data-task-id'));
    const opened = await openCard(page, id);
    await opened.locator('strong', { hasText: 'eye' }).waitFor();
  });

  it('moves a card by finger on a tablet', async () => {
    const id = await board.add('Trim the sail');
    await using browser = await openBrowser(board.program, {
      touch: true,
      viewport: { width: 1180, height: 820 },
    });
    const { page } = browser;
    await waitForLive(page);
    await dragWithFinger(page, card(page, id), column(page, 'todo'));
    await card(page, id, 'todo').waitFor();
    await expect.poll(() => statusOf(board, id)).toBe('todo');
  });

  it('shows a phone one column, starting where something happens, and creates in it', async () => {
    await using browser = await openBrowser(board.program, { touch: true, viewport: PHONE });
    const { page } = browser;
    await page.getByRole('navigation', { name: 'Columns' }).getByRole('button', { name: /Todo/ }).tap();
    await page.locator('nav[aria-label="Columns"] [aria-current="true"]', { hasText: 'Todo' }).waitFor();
    await page.getByRole('button', { name: 'New task', exact: true }).tap();
    await page.getByRole('form', { name: 'New task in Todo' }).getByRole('textbox').fill('Wind the clock');
    await page.getByRole('button', { name: 'Create' }).tap();
    await cardTitled(page, 'Wind the clock', 'todo').waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
  });

  it('keeps filters and the open task over a reload and in a link', async () => {
    const { client } = board.program;
    const id = await createTask(client, {
      title: 'Count the gulls',
      assignee: 'ann',
      projectId: board.projectId,
    });
    await using browser = await openBrowser(board.program);
    const { page, newTab } = browser;
    await page.getByRole('searchbox', { name: 'Search tasks' }).fill('gulls');
    await expect.poll(() => page.locator('[data-task-id]').count()).toBe(1);
    await page.getByRole('button', { name: /^Agent/ }).click();
    await page.getByRole('menuitem', { name: 'ann' }).click();
    await openCard(page, id);
    await page.getByRole('tab', { name: 'Activity' }).click();
    await expect.poll(() => page.url()).toMatch(/q=gulls.*assignee=ann|assignee=ann.*q=gulls/);
    await page.reload();
    for (const shown of [page, await newTab(page.url())]) {
      await shown.getByRole('tab', { name: 'Activity', selected: true }).waitFor();
      expect(await shown.locator('[data-task-id]').count()).toBe(1);
      expect(await shown.getByRole('searchbox', { name: 'Search tasks' }).inputValue()).toBe('gulls');
    }
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('[data-task-id]').count()).toBeGreaterThan(1);
  });
});

async function statusOf({ program }: IdleBoard, taskId: string): Promise<string | undefined> {
  const shown = await program.client.call('task.show', { params: { taskId } });
  return shown.ok ? shown.value.task.status : undefined;
}
