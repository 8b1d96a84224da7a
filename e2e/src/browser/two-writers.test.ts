import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, dragCard, drawer, openCard, toast, waitForLive } from './board-page.ts';
import { type IdleBoard, startIdleBoard } from './idle-board.ts';
import { type Browser, openBrowser } from './open-browser.ts';

/** Texts of a task that are edited in their place: how the editing begins, and the field it is done in. */
const TEXTS = [
  { begin: 'Edit the description', field: 'Description in Markdown', key: 'body', press: 'Control+Enter' },
  { begin: 'Edit the title', field: 'Title', key: 'title', press: 'Enter' },
  { begin: 'Change the reason', field: 'Why it is blocked', key: 'blockReason', press: null },
] as const;

describe('W4: two tabs that write over each other', () => {
  let board: IdleBoard;
  let browser: Browser;
  let other: Page;
  beforeAll(async () => {
    board = await startIdleBoard();
    browser = await openBrowser(board.program);
    // The refusals that are tried.
    browser.complaints.allow(/409/);
    other = await browser.newTab();
    await Promise.all([waitForLive(browser.page), waitForLive(other)]);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await board.program[Symbol.asyncDispose]();
  });
  const change = async (taskId: string, body: Record<string, unknown>) => {
    const reply = await board.program.client.call('task.update', { params: { taskId }, body });
    if (!reply.ok) throw new Error(reply.refusal.message);
  };
  const read = async (taskId: string) => {
    const reply = await board.program.client.call('task.show', { params: { taskId } });
    if (!reply.ok) throw new Error(reply.refusal.message);
    return reply.value.task;
  };
  const blocked = async (title: string) => {
    const taskId = await board.add(title, { body: 'first body' });
    await change(taskId, { status: 'blocked', blockReason: 'first reason' });
    return taskId;
  };
  const edit = async (page: Page, taskId: string, text: (typeof TEXTS)[number]) => {
    if (!(await drawer(page).filter({ hasText: taskId }).isVisible())) await openCard(page, taskId);
    const { begin } = text;
    const button = `[aria-label="${begin}"], [title="${begin}"], button:has-text("${begin}")`;
    await drawer(page).locator(button).first().click();
    return drawer(page).getByLabel(text.field, { exact: true });
  };

  it.each(TEXTS)('are told of it, and neither text is lost: $key', async (text) => {
    const { key, press } = text;
    const taskId = await blocked(`Two hands on the ${key}`);
    const mine = await edit(browser.page, taskId, text);
    const theirs = await edit(other, taskId, text);
    await mine.fill('mine, long thought about');
    await theirs.fill('theirs');
    if (press === null) await drawer(other).getByRole('button', { name: 'Save' }).click();
    else await theirs.press(press);
    await theirs.waitFor({ state: 'detached' });
    expect((await read(taskId))[key]).toBe('theirs');
    const told = drawer(browser.page).getByRole('alert').filter({ hasText: 'while you were writing' });
    await told.getByText('theirs', { exact: true }).waitFor();
    expect(await mine.inputValue()).toBe('mine, long thought about');
    await told.getByRole('button', { name: 'Save mine over it' }).click();
    await mine.waitFor({ state: 'detached' });
    expect((await read(taskId))[key]).toBe('mine, long thought about');
  });

  it('keep theirs when the person says so', async () => {
    const taskId = await blocked('Left as it is');
    const mine = await edit(browser.page, taskId, TEXTS[0]);
    await mine.fill('mine');
    await change(taskId, { body: 'theirs' });
    await drawer(browser.page).getByRole('button', { name: 'Keep theirs' }).click();
    await drawer(browser.page).getByLabel('Description', { exact: true }).getByText('theirs').waitFor();
    expect((await read(taskId)).body).toBe('theirs');
  });

  it('undo no move that somebody else has moved on from', async () => {
    const taskId = await board.add('Moved on');
    await browser.page.keyboard.press('Escape');
    await dragCard(browser.page, taskId, 'todo');
    await card(browser.page, taskId, 'todo').waitFor();
    await change(taskId, { status: 'triage' });
    await card(browser.page, taskId, 'triage').waitFor();
    await toast(browser.page, `${taskId} moved to`).getByRole('button').first().click();
    await toast(browser.page, 'meanwhile').waitFor();
    expect((await read(taskId)).status).toBe('triage');
  });
});
