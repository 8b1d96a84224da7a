import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardsOf } from '../program/board-view.ts';
import { makeRepository } from '../program/make-repository.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';
import { card, drawer, openCard, openTab } from './board-page.ts';
import { openBrowser, PHONE } from './open-browser.ts';

const profile = (id: string, file: string) => ({
  id,
  name: `Fixture ${id}`,
  initials: 'F',
  command: process.execPath,
  args: [join(import.meta.dirname, '../../fixtures/agents', file)],
});

describe('K22 a review by an agent in the browser', () => {
  let program: Program;
  beforeAll(async () => {
    const profiles = [profile('author', 'review-agent.ts'), profile('critic', 'critic-agent.ts')];
    program = await startProgram({ args: ['--no-demo'], profiles });
    const path = await makeRepository(join(program.home, 'repo'), { 'greeting.txt': 'hello\n' });
    const added = await program.client.call('project.add', { body: { path, defaultProfile: 'author' } });
    if (!added.ok) throw new Error(added.refusal.message);
  });
  afterAll(() => program[Symbol.asyncDispose]());

  it('is chosen with the task, told on the card and at the changes; mentions are completed by key and by finger', async () => {
    await using browser = await openBrowser(program);
    const { page } = browser;
    await page.keyboard.press('c');
    const box = page.getByRole('form', { name: /^New task in/ });
    await box.getByRole('textbox').fill('Greet: say "good morning"');
    await box.getByRole('button', { name: 'Reviewer: Anyone' }).click();
    await page.getByRole('menuitem', { name: /^critic/ }).click();
    await box.getByRole('button', { name: 'Create' }).click();
    const taskId = await waitUntil(
      'the task',
      async () => (await cardsOf(program.client)).find((it) => it.title.startsWith('Greet'))?.id,
    );
    await card(page, taskId, 'review').getByText('approved by critic').waitFor();
    const opened = await openCard(page, taskId);
    await openTab(page, 'Changes');
    await opened.getByText('Approved by critic').waitFor();
    await opened.getByRole('button', { name: 'Reviewer: critic. Change it' }).waitFor();
    await openTab(page, 'Runs');
    await opened.getByText(/review, attempt 4/).waitFor();

    await openTab(page, 'Activity');
    const comment = opened.getByLabel('Comment', { exact: true });
    await comment.pressSequentially('What did you check, @cri');
    await opened.getByRole('option', { name: /^@critic/ }).waitFor();
    await comment.press('Enter');
    await comment.pressSequentially('?');
    expect(await comment.inputValue()).toBe('What did you check, @critic ?');
    await comment.press('Control+Enter');
    await page
      .getByText(/critic answers it in a task of its own, t_/)
      .first()
      .waitFor();
    await opened.locator('[data-mention=critic]').first().waitFor();

    const phone = await browser.openAnother({ viewport: PHONE, touch: true });
    await phone.page.goto(`${program.url}/tasks/${taskId}?tab=activity`);
    const onPhone = phone.page.getByLabel('Comment', { exact: true });
    await onPhone.tap();
    await onPhone.pressSequentially('@au');
    await phone.page.getByRole('option', { name: /^@author/ }).tap();
    await waitUntil('the mention', async () => (await onPhone.inputValue()) === '@author ');
    await onPhone.pressSequentially('say "good evening" once more');
    await phone.page.getByRole('button', { name: 'Comment' }).tap();
    await phone.page.getByText('author has the task again and goes on with it').first().waitFor();
    await phone[Symbol.asyncDispose]();
    await waitUntil('the author to go on', async () => (await detailOf(program.client, taskId)).runs[4]);
    await drawer(page).waitFor();
  });
});
