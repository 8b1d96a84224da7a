import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card, cardTitled, dragCard, waitForLive } from './board-page.ts';
import { type IdleBoard, startIdleBoard } from './idle-board.ts';
import { openBrowser } from './open-browser.ts';

const SOON_MS = 1000;
const TABS = 10;

describe('several tabs', () => {
  let board: IdleBoard;
  beforeAll(async () => {
    board = await startIdleBoard();
  });
  afterAll(() => board.program[Symbol.asyncDispose]());

  it('show within a second what was done in another', async () => {
    const id = await board.add('Hoist the flag');
    await using browser = await openBrowser(board.program);
    const other = await browser.newTab();
    await Promise.all([waitForLive(browser.page), waitForLive(other)]);
    // A tab in the background gets its pointer events late.
    await browser.page.bringToFront();
    const delays: number[] = [];
    for (const to of ['todo', 'ready', 'todo'] as const) {
      const seen = seenAt(other, id, to);
      await dragCard(browser.page, id, to);
      await card(browser.page, id, to).waitFor();
      const doneAt = Date.now();
      await card(other, id, to).waitFor();
      delays.push((await seen) - doneAt);
    }
    expect(Math.min(...delays)).toBeLessThan(SOON_MS);
  });

  it(`are all live when there are ${TABS}, beyond the six connections a browser allows a host`, async () => {
    await using browser = await openBrowser(board.program);
    const tabs = [browser.page];
    while (tabs.length < TABS) tabs.push(await browser.newTab());
    for (const tab of tabs) await waitForLive(tab);
    await board.add('Ring eight bells');
    for (const tab of tabs) await cardTitled(tab, 'Ring eight bells', 'ready').waitFor();
  });
});

/** When a tab first shows a card in a column, by the clock of this machine. */
function seenAt(page: Page, taskId: string, status: string): Promise<number> {
  return page.evaluate(
    (selector) =>
      new Promise<number>((resolve) => {
        const look = () => document.querySelector(selector) && resolve(Date.now());
        new MutationObserver(look).observe(document.body, {
          childList: true,
          subtree: true,
          attributes: true,
        });
        look();
      }),
    `[data-column="${status}"] [data-task-id="${taskId}"]`,
  );
}
