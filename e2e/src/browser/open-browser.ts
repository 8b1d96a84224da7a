import { type BrowserContext, type Browser as Chromium, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../tools/test/find-browser.mjs';
import type { Program } from '../program/start-program.ts';
import { type Complaints, collectComplaints } from './complaints.ts';

const ARGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
/** How long anything may take to be seen; the machine may be busy with other things. */
const PATIENCE_MS = 30_000;

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface Look {
  readonly theme?: 'light' | 'dark';
  readonly viewport?: typeof DESKTOP;
  readonly touch?: boolean;
  /** The sign-in link to open; without one a fresh one is asked for, null stays signed out. */
  readonly link?: string | null;
}

export interface Browser extends AsyncDisposable {
  /** The tab that signed in; it shows the board. */
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: Complaints;
  /** One more tab of the same person. */
  newTab(path?: string): Promise<Page>;
  /** Somebody else in the same browser program, with another look and cookies of their own. */
  openAnother(look: Look): Promise<Omit<Browser, 'openAnother'>>;
}

/**
 * Starts Chromium and signs in as a person does. When it is closed it throws if the page had errors, requests failed, or
 * anything but the program was asked for something.
 */
export async function openBrowser(program: Program, look: Look = {}): Promise<Browser> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) throw new Error('no Chromium was found; set QUARTERDECK_CHROMIUM to its path');
  const args = process.getuid?.() === 0 ? [...ARGS, '--no-sandbox'] : ARGS;
  const browser = await chromium.launch({ executablePath, args, timeout: PATIENCE_MS });
  try {
    const first = await openContext(browser, program, look);
    return {
      ...first,
      openAnother: (other) => openContext(browser, program, other),
      [Symbol.asyncDispose]: () => first[Symbol.asyncDispose]().finally(() => browser.close()),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function openContext(browser: Chromium, program: Program, look: Look) {
  const { theme = 'dark', viewport = DESKTOP, touch = false } = look;
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    hasTouch: touch,
    isMobile: touch,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints = collectComplaints(context, program.url);
  const page = await context.newPage();
  const link = look.link === undefined ? await freshLink(program) : look.link;
  if (link) {
    await page.goto(link);
    // The page once the ticket was spent: the board, or what to do when it was worth nothing.
    await page.locator('[data-connection], h1').first().waitFor();
  }
  const newTab = async (path = '/') => {
    const tab = await context.newPage();
    await tab.goto(new URL(path, program.url).href);
    return tab;
  };
  const close = async () => {
    await context.close();
    complaints.throwIfAny();
  };
  return { page, context, complaints, newTab, [Symbol.asyncDispose]: close };
}

/** What `quarterdeck sign-in` prints. */
async function freshLink(program: Program): Promise<string> {
  const reply = await program.client.call('identity.ticket');
  if (!reply.ok) throw new Error(reply.refusal.message);
  return `${program.url}/sign-in?ticket=${reply.value.ticket}`;
}
