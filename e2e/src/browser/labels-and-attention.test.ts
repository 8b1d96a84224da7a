import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { letDaysPass } from '../program/let-days-pass.ts';
import { waitUntil } from '../program/wait-until.ts';
import { card, cardTitled, drawer, openCard, toast, waitForLive } from './board-page.ts';
import { type IdleBoard, startIdleBoard } from './idle-board.ts';
import { type Browser, openBrowser, PHONE } from './open-browser.ts';

describe('labels and what needs attention', () => {
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

  it('K18 labels are typed, suggested and taken away with the keyboard, and seen by all', async () => {
    const { page } = browser;
    const mast = await board.add('Set the mast', { labels: ['rigging', 'deck', 'oak'] });
    const sail = await board.add('Bend the sail');
    await card(page, mast).getByText('+1').waitFor();
    await openCard(page, sail);
    const field = drawer(page).getByRole('combobox', { name: 'Add a label' });
    await field.focus();
    await page.keyboard.type('rig');
    await drawer(page).getByRole('option', { name: 'rigging' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('canvas,');
    await expect.poll(() => labelsOf(board, sail)).toEqual(['rigging', 'canvas']);
    await page.keyboard.press('Backspace');
    await expect.poll(() => labelsOf(board, sail)).toEqual(['rigging']);
    await page.keyboard.press('Escape');
    await card(page, sail).getByText('rigging').waitFor();
  });

  it('K18 a new task is born with the labels chosen in its box', async () => {
    const { page } = browser;
    await page.goto(board.program.url);
    await waitForLive(page);
    await page.keyboard.press('c');
    await page.getByRole('textbox', { name: /^Title/ }).fill('Tar the seams');
    await page.getByRole('combobox', { name: 'Labels' }).fill('hull');
    await page.keyboard.press('Enter');
    await page.getByRole('form').getByText('hull').waitFor();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const made = cardTitled(page, 'Tar the seams', 'ready');
    await made.getByText('hull').waitFor();
    await page.keyboard.press('Escape');
  });

  it('K18 cards are filtered by labels in the address, and many get and lose labels at once', async () => {
    const { page } = browser;
    const keel = await board.add('Lay the keel', { labels: ['Oak', 'hull'], tenant: 'yard' });
    const oars = await board.add('Carve the oars', { labels: ['oak'] });
    const flag = await board.add('Sew the flag');
    await page.goto(`${board.program.url}/?label=oak&label=hull&tenant=yard`);
    await card(page, keel).waitFor();
    expect(await page.locator('[data-task-id]').count()).toBe(1);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await card(page, flag).waitFor();
    await page.getByRole('button', { name: 'Label: any' }).click();
    await page.getByRole('menuitem', { name: 'oak' }).click();
    await page.waitForURL('**/?label=oak');
    await card(page, flag).waitFor({ state: 'detached' });

    await card(page, oars).focus();
    await page.keyboard.press('x');
    await card(page, keel).focus();
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Labels' }).click();
    await page.getByRole('combobox', { name: 'Labels to add' }).fill('wood');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Labels to remove' }).fill('oak');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change labels' }).click();
    await toast(page, '2 tasks changed').waitFor();
    expect(await labelsOf(board, keel)).toEqual(['hull', 'wood']);
    expect(await labelsOf(board, oars)).toEqual(['wood']);
    await toast(page, '2 tasks changed').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => labelsOf(board, oars)).toEqual(['oak']);
    await expect.poll(() => labelsOf(board, keel)).toEqual(['hull', 'Oak']);
  });

  it('K16 what is wrong stands on the card, in the task and on its page, and one click mends it', async () => {
    const { page } = browser;
    await page.goto(board.program.url);
    const pump = await board.add('Mend the pump');
    const body = { status: 'blocked', blockReason: 'no leather' };
    const blocked = await board.program.client.call('task.update', { params: { taskId: pump }, body });
    expect(blocked.ok).toBe(true);
    letDaysPass(board.program, pump);
    // The page asks again when something happens.
    await board.add('Ring the bell');
    await card(page, pump).getByText('Stuck').waitFor();
    await page.getByRole('link', { name: 'Attention' }).first().click();
    const problem = page.getByRole('article').filter({ hasText: 'Mend the pump' });
    await problem.getByText('nobody has touched it for 2 days: no leather').waitFor();

    await page.goto(`${board.program.url}/tasks/${pump}`);
    const problems = page.getByRole('region', { name: 'Needs attention' });
    await problems.getByRole('button', { name: 'Unblock' }).click();
    await problems.waitFor({ state: 'detached' });
    const shown = await board.program.client.call('task.show', { params: { taskId: pump } });
    expect(shown).toMatchObject({ value: { task: { status: 'ready' }, diagnostics: [] } });
    await page.goto(`${board.program.url}/attention`);
    await page.getByRole('heading', { name: 'Nothing needs attention' }).waitFor();
  });

  it('K16 the page of what is wrong fits a phone, and its buttons work there', async () => {
    const hull = await board.add('Caulk the hull');
    await board.program.client.call('task.update', { params: { taskId: hull }, body: { status: 'blocked' } });
    letDaysPass(board.program, hull);
    const phone = await browser.openAnother({ viewport: PHONE, touch: true, theme: 'light' });
    await waitForLive(phone.page);
    await phone.page.getByRole('link', { name: 'Attention' }).last().tap();
    await phone.page.getByRole('button', { name: 'Unblock' }).waitFor();
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
    await phone.page.getByRole('button', { name: 'Unblock' }).tap();
    await phone.page.getByRole('heading', { name: 'Nothing needs attention' }).waitFor();
    await phone[Symbol.asyncDispose]();
  });
});

async function labelsOf(board: IdleBoard, taskId: string): Promise<readonly string[]> {
  return waitUntil(`the labels of ${taskId}`, async () => {
    const shown = await board.program.client.call('task.show', { params: { taskId } });
    return shown.ok ? shown.value.task.labels : undefined;
  });
}
