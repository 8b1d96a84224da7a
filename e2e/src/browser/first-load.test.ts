import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startProgram } from '../program/start-program.ts';
import { waitForLive } from './board-page.ts';
import { openBrowser } from './open-browser.ts';

const JS_LIMIT_BYTES = 250 * 1024;
const REQUEST_LIMIT = 60;

describe('the first load of the board', () => {
  it('brings no more script than a slow line carries in a second or two', async () => {
    await using program = await startProgram({ args: ['--no-demo'] });
    await using browser = await openBrowser(program);
    const page = await browser.context.newPage();
    const asked: string[] = [];
    const scripts: Promise<number>[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.goto(program.url);
    await waitForLive(page);
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    console.log(`first load: ${asked.length} requests, ${Math.round(bytes / 1024)} KB of script gzipped`);
    expect(bytes).toBeLessThanOrEqual(JS_LIMIT_BYTES);
    expect(asked.length).toBeLessThanOrEqual(REQUEST_LIMIT);
  });
});
