import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../tools/test/find-browser.mjs';
import type { RunningProgram } from './program.ts';

const ARGS = ['--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'];
const SIZE = { width: 1440, height: 900 };

/** A Chromium without a graphics card, as a person's screen would show it. The caller closes it. */
export async function openChromium(): Promise<Browser> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) throw new Error('no Chromium was found; set QUARTERDECK_CHROMIUM to its path');
  const args = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
  return chromium.launch({ executablePath, args });
}

/** A page of this size in a window of its own; `complaints` gathers its errors. */
export async function openPage(browser: Browser, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: 'dark' });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  return page;
}

/** Signs a page in with a fresh ticket; it shows the board when this resolves. */
export async function signIn(page: Page, { client, url }: RunningProgram): Promise<void> {
  const reply = await client.call('identity.ticket');
  if (!reply.ok) throw new Error(reply.refusal.message);
  await page.goto(`${url}/sign-in?ticket=${reply.value.ticket}`);
  await page.locator('[data-connection="live"]').waitFor();
  await page.locator('[data-task-id]').first().waitFor();
}
