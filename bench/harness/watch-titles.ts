import type { Page } from 'playwright-core';

/** Notes when each new title that begins with `prefix` stands in the page, and when it was painted; wall clock, ms. */
export async function watchTitles(page: Page, prefix: string): Promise<() => Promise<Map<string, Seen>>> {
  await page.evaluate((start) => {
    const seen: [string, { inPageAt: number; paintedAt: number }][] = [];
    const known = new Set<string>();
    const now = () => performance.timeOrigin + performance.now();
    const look = () => {
      for (const link of document.querySelectorAll('[data-task-id] h3')) {
        const title = link.textContent ?? '';
        if (!title.startsWith(start) || known.has(title)) continue;
        known.add(title);
        const entry = { inPageAt: now(), paintedAt: Number.NaN };
        seen.push([title, entry]);
        // A message sent in an animation frame arrives after the frame was drawn.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            entry.paintedAt = now();
          };
          port2.postMessage(null);
        });
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    Object.assign(globalThis, { seenTitles: seen });
  }, prefix);
  return async () => {
    const entries = await page.evaluate(
      () => (globalThis as unknown as { seenTitles: [string, Seen][] }).seenTitles,
    );
    return new Map(entries);
  };
}

export interface Seen {
  readonly inPageAt: number;
  readonly paintedAt: number;
}
