import { describe, expect, it } from 'vitest';
import { cardsOf, createTask, waitForStatus } from '../program/board-view.ts';
import { startProgram } from '../program/start-program.ts';
import { cardTitled, openCard, openTab } from './board-page.ts';
import { openBrowser } from './open-browser.ts';

const RUN = 'globalThis.isOwned=1';
const PAYLOAD = `<img src=x onerror="${RUN}"><script>${RUN}</script><svg onload="${RUN}">`;
const LINKS = `[press me](javascript:${RUN}) <iframe srcdoc="<script>parent.isOwned=1</script>"></iframe> ![picture](https://tracker.invalid/pixel.png)`;

describe('text written by whoever', () => {
  it('is shown as text in titles, descriptions, comments and conversations, runs nothing and loads nothing', async () => {
    await using program = await startProgram({
      env: { QUARTERDECK_DEMO_SPEED: '0' },
    });
    const { client } = program;
    const projectId = (await cardsOf(client))[0]?.projectId;
    const body = `${PAYLOAD}\n\n${LINKS}`;
    const taskId = await createTask(client, {
      title: PAYLOAD,
      body,
      projectId,
      assignee: 'demo',
      tenant: '<b>tenant</b>',
      priority: 9,
    });
    const said = await client.call('task.comment', { params: { taskId }, body: { body, author: null } });
    expect(said.ok).toBe(true);
    await waitForStatus(client, taskId, 'done');

    await using browser = await openBrowser(program);
    const { page } = browser;
    const isHarmless = async () => {
      expect(await page.evaluate(() => 'isOwned' in globalThis)).toBe(false);
      const live = page.locator('img[src="x"], [onerror], [onload], iframe, a[href^="javascript:" i]');
      expect(await live.count()).toBe(0);
    };
    const shown = cardTitled(page, PAYLOAD);
    await shown.waitFor();
    expect(await shown.getByRole('heading').textContent()).toBe(PAYLOAD);
    await isHarmless();

    const opened = await openCard(page, taskId);
    expect(await opened.getByRole('heading', { level: 1 }).textContent()).toBe(PAYLOAD);
    for (const tab of ['Conversation', 'Task', 'Changes', 'Runs', 'Activity', 'Log']) {
      const panel = await openTab(page, tab);
      await panel
        .getByText(/onerror|Completed|attempt/)
        .first()
        .waitFor();
      await isHarmless();
    }
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Jump to a task or page').fill('onerror');
    await page.getByRole('option').first().waitFor();
    await isHarmless();
  });
});
