import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Program, startProgram } from '../program/start-program.ts';
import { askingTask, startFullBoard } from './full-board.ts';
import { type Browser, DESKTOP, openBrowser, PHONE } from './open-browser.ts';
import { EMPTY_SCENES, FULL_SCENES, type Scene } from './scenes.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../screenshots');
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = (['dark', 'light'] as const).flatMap((theme) => [
  { theme, size: 'desktop', viewport: DESKTOP, touch: false, isChecked: true },
  // The phone's other arrangement is checked in one theme: the colours are the desktop's.
  { theme, size: 'phone', viewport: PHONE, touch: true, isChecked: theme === 'dark' },
]);

describe.each([
  { board: 'full', scenes: FULL_SCENES, start: startFullBoard },
  { board: 'empty', scenes: EMPTY_SCENES, start: () => startProgram({ args: ['--no-demo'] }) },
])('every page with the board $board', ({ board, scenes, start }) => {
  let program: Program;
  let browser: Browser;
  let taskId = '';
  beforeAll(async () => {
    program = await start();
    if (board === 'full') taskId = await askingTask(program);
    browser = await openBrowser(program);
    await mkdir(SCREENSHOTS, { recursive: true });
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await program[Symbol.asyncDispose]();
  });

  it.each(LOOKS)('is drawn for people who look, $theme on a $size', async ({ size, isChecked, ...look }) => {
    await using visit = await browser.openAnother(look);
    visit.complaints.allow(/404|ERR_FAILED|ERR_INTERNET_DISCONNECTED|401/);
    const found: string[] = [];
    for (const scene of scenes) {
      const page = await showScene(visit.page, program, scene, taskId);
      await page.screenshot({ path: join(SCREENSHOTS, `${board}-${scene.name}-${size}-${look.theme}.png`) });
      found.push(...(await overflow(page, scene)));
      if (isChecked) found.push(...(await violations(page, scene)));
    }
    expect(found).toEqual([]);
  });
});

async function showScene(page: Page, program: Program, scene: Scene, taskId: string): Promise<Page> {
  await page.goto('about:blank');
  await scene.before?.(page);
  await page.goto(`${program.url}${scene.path.replaceAll('TASK', taskId)}`);
  await scene.show(page);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => {
    const ending = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);
    return Promise.allSettled(ending.map((one) => one.finished));
  });
  return page;
}

/** A page wider than the screen, which a phone would scroll sideways. */
async function overflow(page: Page, { name }: Scene): Promise<string[]> {
  const by = await page.evaluate(() => {
    const frames = [document.documentElement, ...document.querySelectorAll('main, main > *, [data-drawer]')];
    const scrolling = frames.filter((frame) => getComputedStyle(frame).overflowX !== 'hidden');
    return Math.max(...scrolling.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
  });
  return by > 0 ? [`${name}: ${by} px wider than its place`] : [];
}

/** What axe finds that keeps people out. */
async function violations(page: Page, { name }: Scene): Promise<string[]> {
  // Evaluated, because the page's own policy rightly refuses a script tag.
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`),
      }));
  });
  return found.map(({ id, nodes }) => `${name}: ${id}\n${nodes.slice(0, 3).join('\n')}`);
}
