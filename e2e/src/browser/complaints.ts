import type { BrowserContext, Page } from 'playwright-core';

export interface Complaints {
  /** Lets complaints that match be, such as the refusal a test provokes. */
  allow(pattern: RegExp): void;
  /** Throws with everything that went wrong and was not allowed. */
  throwIfAny(): void;
}

/** Gathers what a person would never see but a developer must: errors, failed requests, requests to other places. */
export function collectComplaints(context: BrowserContext, origin: string): Complaints {
  const heard: string[] = [];
  const allowed: RegExp[] = [];
  const listen = (page: Page) => {
    page.on('pageerror', (error) => heard.push(`error in the page: ${error.stack ?? error.message}`));
    page.on('crash', () => heard.push('the page crashed'));
    page.on('console', (message) => {
      if (message.type() === 'error')
        heard.push(`console: ${message.text()} (${message.location().url || page.url()})`);
    });
  };
  context.on('page', listen);
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) heard.push(`asked elsewhere: ${url}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED')
      heard.push(`request failed: ${request.method()} ${request.url()} ${reason}`);
  });
  return {
    allow: (pattern) => allowed.push(pattern),
    throwIfAny: () => {
      const left = heard.filter((line) => !allowed.some((pattern) => pattern.test(line)));
      if (left.length > 0) throw new Error(`the browser complained:\n${left.join('\n')}`);
    },
  };
}
