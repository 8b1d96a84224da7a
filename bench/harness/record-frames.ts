import type { CDPSession, Page } from 'playwright-core';
import { type Summary, summarize } from './statistics.ts';

export interface Frames extends Summary {
  /** Share of frames that took longer than one and a half of 60 Hz, 0 to 1. */
  readonly late: number;
  readonly p95: number;
  /** Processor time of the page's main thread for each frame, ms. Unlike the gaps it does not grow with the load of the machine. */
  readonly workMs: number;
}

const LATE_MS = 25;

/** How long each frame of the page took while something was done to it: the gaps between the times of its animation frames, ms. */
export async function recordFrames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    const note = (at: number) => {
      times.push(at);
      Object.assign(globalThis, { framesHandle: requestAnimationFrame(note) });
    };
    Object.assign(globalThis, { frameTimes: times, framesHandle: requestAnimationFrame(note) });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await mainThreadMs(session);
  await work();
  const workMs = (await mainThreadMs(session)) - before;
  await session.detach();
  const times = await page.evaluate(() => {
    const recorded = globalThis as unknown as { frameTimes: number[]; framesHandle: number };
    cancelAnimationFrame(recorded.framesHandle);
    return recorded.frameTimes;
  });
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const sorted = gaps.toSorted((left, right) => left - right);
  const p95 = sorted[Math.max(0, Math.ceil(0.95 * sorted.length) - 1)] ?? Number.NaN;
  const late = gaps.filter((gap) => gap > LATE_MS).length / gaps.length;
  return { ...summarize(gaps), p95, late, workMs: workMs / gaps.length };
}

async function mainThreadMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

/** Turns the wheel over a point for some seconds, 60 times a second, down and up again. */
export async function turnWheel(page: Page, at: { x: number; y: number }, seconds: number): Promise<void> {
  await page.mouse.move(at.x, at.y);
  const session = await page.context().newCDPSession(page);
  await atSixtyHertz(seconds, (tick) => {
    const deltaY = Math.floor(tick / 90) % 2 === 0 ? 90 : -90;
    return session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...at, deltaX: 0, deltaY });
  });
  await session.detach();
}

/** Calls an action 60 times a second without waiting for what it causes; a late tick is not made up for. */
export async function atSixtyHertz(seconds: number, act: (tick: number) => Promise<unknown>): Promise<void> {
  const pending: Promise<unknown>[] = [];
  const startedAt = performance.now();
  for (let tick = 0; performance.now() - startedAt < seconds * 1000; tick += 1) {
    pending.push(act(tick));
    const due = startedAt + (tick + 1) * (1000 / 60);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  await Promise.all(pending);
}
