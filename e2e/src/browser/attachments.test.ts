import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTask } from '../program/board-view.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';
import { card, drawer, openCard } from './board-page.ts';
import { openBrowser, PHONE } from './open-browser.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let program: Program;
beforeAll(async () => {
  program = await startProgram({ args: ['--no-demo'] });
});
afterAll(() => program[Symbol.asyncDispose]());

const namesOf = async (taskId: string) =>
  (await detailOf(program.client, taskId)).attachments.map(({ name }) => name);

it('K21: attaches a picture by button, a file by drop, and removes one, by key too', async () => {
  const taskId = await createTask(program.client, { title: 'Draw the harbour', assignee: '' });
  await using browser = await openBrowser(program);
  const { page } = browser;
  const opened = await openCard(page, taskId);
  const section = opened.getByRole('region', { name: 'Attachments' });
  await section.getByText('Drop files here').waitFor();
  await section
    .locator('input[type=file]')
    .setInputFiles({ name: 'harbour.png', mimeType: 'image/png', buffer: PIXEL });
  await section.getByRole('link', { name: 'harbour.png', exact: true }).waitFor();
  await waitUntil('the thumbnail', () =>
    section
      .locator('img')
      .evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth === 1),
  );
  const transfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['mind the tide'], 'notes.txt', { type: 'text/plain' }));
    return transfer;
  })()`);
  const heading = drawer(page).getByRole('heading', { name: 'Draw the harbour' });
  await heading.dispatchEvent('dragover', { dataTransfer: transfer });
  await drawer(page).getByText('Drop to attach').waitFor();
  await heading.dispatchEvent('drop', { dataTransfer: transfer });
  await section.getByRole('link', { name: 'notes.txt', exact: true }).waitFor();
  await card(page, taskId).getByTitle('2 attachments').waitFor();

  await section
    .locator('input[type=file]')
    .setInputFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(26 * 1024 * 1024) });
  await section.getByText('Not attached. It is larger than 25 MiB.').waitFor();
  await section.getByRole('button', { name: 'Dismiss film.mp4' }).click();

  const download = page.waitForEvent('download');
  await section.getByRole('link', { name: 'Download notes.txt' }).click();
  expect((await download).suggestedFilename()).toBe('notes.txt');

  await section.getByRole('button', { name: 'Remove notes.txt' }).focus();
  await page.keyboard.press('Enter');
  await section.getByRole('button', { name: 'Remove for good' }).waitFor();
  await page.keyboard.press('Enter');
  await section.getByRole('link', { name: 'notes.txt', exact: true }).waitFor({ state: 'detached' });
  expect(await namesOf(taskId)).toEqual(['harbour.png']);
});

it('K21: fits a phone', async () => {
  const taskId = await createTask(program.client, { title: 'A small screen', assignee: '' });
  await using browser = await openBrowser(program, { viewport: PHONE });
  const { page } = browser;
  await page.goto(`${program.url}/tasks/${taskId}?tab=task`);
  const section = page.getByRole('region', { name: 'Attachments' });
  const name = `${'a long name '.repeat(15)}.txt`;
  await section
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('x') });
  await section.getByRole('button', { name: /^Remove a long name/ }).click();
  await section.getByRole('button', { name: 'Keep' }).waitFor();
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
});
