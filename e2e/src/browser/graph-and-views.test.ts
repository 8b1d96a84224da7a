import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, drawer, openTab, toast, waitForLive } from './board-page.ts';
import { type IdleBoard, startIdleBoard } from './idle-board.ts';
import { type Browser, openBrowser } from './open-browser.ts';

describe('other ways to look at the board', () => {
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

  it('K20 the graph shows who waits for whom, is walked by arrows, and is live', async () => {
    const { page } = browser;
    const mast = await board.add('Set the mast');
    const sail = await board.add('Bend the sail', { parents: [mast] });
    const old = await board.add('Scrape the hull');
    await board.program.client.call('link.create', { body: { parentId: old, childId: mast } });
    await change(board, old, { status: 'archived' });
    await page.goto(`${board.program.url}/?task=${mast}`);
    await openTab(page, 'Task');
    await drawer(page).getByRole('link', { name: 'Show the whole graph' }).click();

    const node = (id: string) => page.locator(`[data-node="${id}"]`);
    await node(sail).getByText('Todo').waitFor();
    // An archived relative is not on the board, but in the graph of its task.
    await node(old).getByText('Archived').waitFor();
    await node(mast).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focusedNode(browser)).toBe(sail);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => focusedNode(browser)).toBe(old);

    await change(board, mast, { status: 'done' });
    await node(sail).getByText('Ready').waitFor();
    await node(sail).press('Enter');
    await page.waitForURL(`**/tasks/${sail}*`);
    await page.getByRole('heading', { name: 'Bend the sail' }).waitFor();
  });

  it('K18 filters are saved as a view, shown from any tab, deleted, and put back', async () => {
    const { page } = browser;
    const id = await board.add('Paint the rail');
    await page.goto(`${board.program.url}/?q=rail`);
    await waitForLive(page);
    await chooseIn(page, 'Views', 'Save these filters…');
    await page.getByRole('textbox', { name: 'Name' }).fill('Rails');
    await page.keyboard.press('Enter');
    await toast(page, 'View Rails saved').waitFor();

    const other = await browser.newTab('/');
    await waitForLive(other);
    await chooseIn(other, 'Views', 'Rails');
    await other.waitForURL('**/?q=rail');
    await card(other, id).waitFor();
    await chooseIn(other, 'Rails', 'Delete Rails');
    await toast(other, 'View Rails deleted').getByRole('button', { name: 'Undo' }).click();
    await other.getByRole('button', { name: 'Rails', exact: true }).waitFor();
    await other.close();
  });
});

async function chooseIn(page: Browser['page'], menu: string, item: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function change(board: IdleBoard, taskId: string, body: { readonly status: string }): Promise<void> {
  const reply = await board.program.client.call('task.update', { params: { taskId }, body });
  if (!reply.ok) throw new Error(reply.refusal.message);
}

function focusedNode({ page }: Browser): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-node') ?? null);
}
