import { describe, expect, it } from 'vitest';
import { startProgram } from '../program/start-program.ts';
import { card, column, drawer, openCard, openTab, waitForLive } from './board-page.ts';
import { openBrowser } from './open-browser.ts';

const CHAIN_MS = 90_000;

describe('the first minute with the demo', () => {
  it('signs in by the printed link, answers the one question in its card, and sees the chain finish live', async () => {
    await using program = await startProgram({ env: { QUARTERDECK_DEMO_SPEED: '0.3' } });
    await using browser = await openBrowser(program, { link: program.signInUrl });
    const { page } = browser;
    await waitForLive(page);
    await column(page, 'running').locator('[data-task-id]').waitFor();
    await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }));

    await using stranger = await browser.openAnother({ link: program.signInUrl });
    stranger.complaints.allow(/401/);
    await stranger.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await stranger.page.getByRole('main').textContent()).toMatch(/used|once|expired/i);

    const asking = page.getByRole('article', { name: /needs you/ });
    await asking.waitFor();
    const askingId = String(await asking.getAttribute('data-task-id'));
    const opened = await openCard(page, askingId);
    await opened.getByText('node scripts/migrate.js --apply').first().waitFor();
    await opened.getByRole('button', { name: 'Allow once' }).click();
    await opened.locator('[data-outcome="allowed"]').waitFor();

    await page.getByRole('region', { name: /^Review, 1 / }).waitFor({ timeout: CHAIN_MS });
    await page.getByRole('region', { name: 'Done, 5 tasks' }).waitFor();
    expect(await page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true);

    const changes = await openTab(page, 'Changes');
    await changes.getByText('scripts/migrate.js').first().waitFor();
    expect(await changes.locator('.diff-code-insert').count()).toBeGreaterThan(5);
    expect(await (await openTab(page, 'Runs')).textContent()).toMatch(/Completed[\s\S]*attempt 1/);
    const activity = await openTab(page, 'Activity');
    await expect.poll(() => activity.getByRole('listitem').count()).toBeGreaterThan(4);
    await (await openTab(page, 'Log')).getByLabel('Log').getByText(/\S/).first().waitFor();
  });

  it('answers with the key A alone', async () => {
    await using program = await startProgram({ env: { QUARTERDECK_DEMO_SPEED: '0' } });
    await using browser = await openBrowser(program);
    const { page } = browser;
    const asking = page.getByRole('article', { name: /needs you/ });
    await asking.waitFor();
    const askingId = String(await asking.getAttribute('data-task-id'));
    await asking.focus();
    await page.keyboard.press('Enter');
    await drawer(page).getByRole('button', { name: 'Allow once' }).waitFor();
    await expect
      .poll(
        async () => {
          await page.keyboard.press('a');
          return drawer(page).locator('[data-outcome="allowed"]').count();
        },
        { timeout: 20_000, interval: 300 },
      )
      .toBe(1);
    await card(page, askingId, 'done').waitFor();
  });
});
