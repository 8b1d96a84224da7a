import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, waitForStatus } from '../program/board-view.ts';
import { makeRepository } from '../program/make-repository.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { card, drawer, openCard, openTab } from './board-page.ts';
import { openBrowser } from './open-browser.ts';

const AGENT = join(import.meta.dirname, '../../fixtures/agents/review-agent.ts');

describe('review in the browser', () => {
  let program: Program;
  let repository: string;
  let projectId: string;
  beforeAll(async () => {
    const profile = {
      id: 'reviewed',
      name: 'Reviewed',
      initials: 'R',
      command: process.execPath,
      args: [AGENT],
    };
    program = await startProgram({ args: ['--no-demo'], profiles: [profile] });
    repository = await makeRepository(join(program.home, 'repo'), { 'greeting.txt': 'hello\n' });
    const added = await program.client.call('project.add', { body: { path: repository } });
    if (!added.ok) throw new Error(added.refusal.message);
    projectId = added.value.project.id;
  });
  afterAll(() => program[Symbol.asyncDispose]());

  async function inReview(body: string): Promise<string> {
    const task = { title: `Greet: ${body}`, body, assignee: 'reviewed', projectId };
    const taskId = await createTask(program.client, task);
    await waitForStatus(program.client, taskId, 'review');
    return taskId;
  }

  it('remarks on a line by key and by click, sends them back, and approves with a merge', async () => {
    const taskId = await inReview('say "good morning"');
    await using browser = await openBrowser(program);
    const { page } = browser;
    const opened = await openCard(page, taskId);
    await remarkByKey(page, 'say "good evening"');
    await opened.locator('.diff-gutter-delete').first().click();
    await opened.getByRole('textbox', { name: 'Remark on greeting.txt, line 1' }).fill('Why was this wrong?');
    await page.keyboard.press('Control+Enter');
    await page.reload();
    await drawer(page).getByText('Why was this wrong?').waitFor();
    await drawer(page).getByLabel('What should change').fill('Nearly.');
    await drawer(page).getByRole('button', { name: 'Request changes (2 remarks)' }).click();
    await card(page, taskId, 'review').waitFor({ state: 'detached' });
    await waitForStatus(program.client, taskId, 'review');
    const { comments, runs } = await detailOf(program.client, taskId);
    expect(comments.at(-1)?.body).toMatch(
      /Nearly\.[\s\S]*`greeting.txt:1`[\s\S]*good evening[\s\S]*as it was before/,
    );
    expect(runs).toHaveLength(2);

    await openTab(page, 'Changes');
    await drawer(page).getByText('good evening').first().waitFor();
    await drawer(page).getByRole('button', { name: 'How to land it' }).click();
    await page.getByRole('menuitem', { name: /^Squash/ }).click();
    await drawer(page).getByRole('button', { name: 'Approve and squash' }).click();
    await card(page, taskId, 'done').waitFor();
    await drawer(page).getByText('Landed in main').waitFor();
    expect(await readFile(join(repository, 'greeting.txt'), 'utf8')).toBe('good evening\n');
  });

  it('shows a conflict with its files, and one click asks the agent to resolve it', async () => {
    const [first, second] = [await inReview('say "ahoy"'), await inReview('say "moin"')];
    const approve = (taskId: string) =>
      program.client.call('task.approve', { params: { taskId }, body: { land: 'merge' } });
    expect((await approve(first)).ok).toBe(true);
    expect((await approve(second)).ok).toBe(false);
    await using browser = await openBrowser(program);
    const { page } = browser;
    await card(page, second).getByText('conflicts with main').waitFor();
    const opened = await openCard(page, second);
    await opened.getByText('Conflicts with main').waitFor();
    await opened.getByText('changed the same lines in greeting.txt').waitFor();
    await opened.getByRole('button', { name: 'Ask the agent to resolve it' }).click();
    await card(page, second).getByText('conflicts with main').waitFor({ state: 'detached' });
    await waitForStatus(program.client, second, 'review');
    expect((await approve(second)).ok).toBe(true);
    await opened.getByText('Landed in main').waitFor();
  });
});

/** Chooses the added line with the arrow keys and remarks on it with C. */
async function remarkByKey(page: Page, text: string): Promise<void> {
  const region = drawer(page).getByRole('region', { name: /^Changes of greeting.txt/ });
  await region.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  await drawer(page).getByLabel('Remark on greeting.txt, line 1').fill(text);
  await page.keyboard.press('Control+Enter');
  await drawer(page).getByText('Goes to the agent when you request changes').waitFor();
}
