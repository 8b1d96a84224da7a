import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../program/wait-until.ts';
import { cardTitled, connection, waitForLive } from './board-page.ts';
import { type IdleBoard, startIdleBoard } from './idle-board.ts';
import { type Browser, openBrowser } from './open-browser.ts';

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, '../../../dist/quarterdeck.mjs');
const AWAY = /ERR_|WebSocket|50[0-9]/;

describe('the connection dot', () => {
  let board: IdleBoard;
  let browser: Browser;
  beforeAll(async () => {
    board = await startIdleBoard();
    browser = await openBrowser(board.program);
    browser.complaints.allow(AWAY);
    await waitForLive(browser.page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await board.program[Symbol.asyncDispose]();
  });

  it('leaves Live when the server is killed, comes back with it, and shows what happened meanwhile', async () => {
    const { page } = browser;
    const { program } = board;
    const seen = await watchDot(page);
    const before = await program.pidOf('server');
    process.kill(before, 'SIGKILL');
    await expect.poll(() => connection(page), { timeout: 20_000 }).not.toBe('live');
    await waitUntil('a new server', async () => (await program.pidOf('server')) !== before);
    await waitUntil('the CLI to get through', () =>
      cli(board, 'task', 'create', 'Came while the page was away', '--project', board.projectId),
    );
    await waitForLive(page);
    await cardTitled(page, 'Came while the page was away').waitFor();
    expect((await seen()).filter((state) => state !== 'live')).not.toEqual([]);
    expect(await page.locator('main').textContent()).not.toContain('does not answer');
  });

  it('does not call a frozen server live, says Offline without a network, and shows what happened meanwhile', async () => {
    const { page, context } = browser;
    await waitForLive(page);
    const pid = await board.program.pidOf('server');
    process.kill(pid, 'SIGSTOP');
    try {
      await expect.poll(() => connection(page), { timeout: 60_000 }).not.toBe('live');
      await context.setOffline(true);
      await expect.poll(() => connection(page)).toBe('offline');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await board.add('Came while there was no network');
    expect(await connection(page)).toBe('offline');
    await context.setOffline(false);
    await waitForLive(page);
    await cardTitled(page, 'Came while there was no network').waitFor();
  });
});

/** Notes every state the dot goes through, however short. */
async function watchDot(page: Page): Promise<() => Promise<readonly string[]>> {
  const handle = await page.locator('[data-connection]').evaluateHandle((dot) => {
    const states: string[] = [];
    const note = () => states.push(dot.getAttribute('data-connection') ?? '');
    new MutationObserver(note).observe(dot, { attributes: true });
    return states;
  });
  return () => handle.jsonValue();
}

/** Runs the CLI against the program; true when it succeeded. */
async function cli({ program }: IdleBoard, ...args: readonly string[]): Promise<boolean> {
  const env = { PATH: process.env.PATH ?? '', HOME: program.home, QUARTERDECK_HOME: program.home };
  const url = { QUARTERDECK_URL: program.url, QUARTERDECK_TOKEN: program.token };
  return run(process.execPath, [PROGRAM, ...args], { env: { ...env, ...url } }).then(
    () => true,
    () => false,
  );
}
