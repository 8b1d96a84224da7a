import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Task } from '@quarterdeck/contract/task';
import type { Browser, Page } from 'playwright-core';
import { openChromium, openPage, signIn } from '../harness/open-page.ts';
import { numberText } from '../harness/print-table.ts';
import { type RunningProgram, startProgram } from '../harness/program.ts';
import { type Frames, recordFrames, turnWheel } from '../harness/record-frames.ts';
import type { Scenario } from '../harness/scenario.ts';
import { seedWebBoard } from '../harness/seed-web-board.ts';
import { summarize } from '../harness/statistics.ts';
import { withTempFolder } from '../harness/temp-folder.ts';
import { drag, loadedScript, MIDDLE, middleOf, reopen, typeSearch } from '../harness/use-web-board.ts';
import { watchTitles } from '../harness/watch-titles.ts';

const FRAME_TARGET_MS = 17;
const EVENT_TARGET_MS = 100;
const SCRIPT_TARGET_KB = 250;
const BUSY_EVERY_MS = 50;

interface Measured {
  readonly openedMs: number;
  readonly scriptKb: number;
  readonly frames: readonly (readonly [string, Frames])[];
  readonly typedMs: readonly number[];
  readonly inPageMs: readonly number[];
  readonly paintedMs: readonly number[];
  readonly lost: number;
  readonly complaints: number;
}

/** The board in a real browser: frames while it is moved, and how late it shows what happened. */
export const scenario: Scenario = {
  id: 'P8',
  name: 'web-board',
  summary: 'the dashboard with thousands of cards in Chromium: frames, events, search, and its first load',
  async run(settings, say) {
    const cards = settings.number('cards', 5000);
    const plan = { seconds: settings.number('seconds', 6), events: settings.number('events', 60) };
    return withTempFolder('web-board', async (home) => {
      say(`${cards} cards`);
      const tasks = await seedWebBoard(join(home, 'quarterdeck.db'), cards);
      const program = await startProgram(home, ['--no-demo', '--no-runner']);
      const browser = await openChromium();
      try {
        return report(cards, await measure({ program, browser, tasks, say }, plan));
      } finally {
        await browser.close();
        await program.stop();
      }
    });
  },
};

interface Bench {
  readonly program: RunningProgram;
  readonly browser: Browser;
  readonly tasks: readonly Task[];
  readonly say: (progress: string) => void;
}

async function measure(
  { program, browser, tasks, say }: Bench,
  { seconds, events }: { readonly seconds: number; readonly events: number },
): Promise<Measured> {
  const complaints: string[] = [];
  const frames: [string, Frames][] = [];
  const note = async (name: string, page: Page, work: () => Promise<void>) => {
    say(name);
    frames.push([name, await recordFrames(page, work)]);
  };
  const wheelEmpty = async (when: string) => {
    const empty = await openPage(browser, complaints);
    await empty.setContent('<body style="height: 100000px">');
    await note(`an empty page, wheel, ${when}`, empty, () => turnWheel(empty, MIDDLE, seconds));
    await empty.context().close();
  };
  await wheelEmpty('before');
  const page = await openPage(browser, complaints);
  const scriptKb = await loadedScript(page, () => signIn(page, program));
  const openedMs = await reopen(page, program.url);
  const ready = tasks.filter(({ status }) => status === 'ready');
  const busy = <T>(work: () => Promise<T>) => withChanges(program, ready, work);
  const lane = await middleOf(page, '[data-column="ready"]');
  await note('board at rest', page, () => wait(seconds * 500));
  await note('board, wheel', page, () => turnWheel(page, lane, seconds));
  await note('board, wheel, 20 changes/s', page, () => busy(() => turnWheel(page, lane, seconds)));
  await note('board, drag', page, () => drag(page, seconds));
  await note('board, drag, 20 changes/s', page, () => busy(() => drag(page, seconds)));
  const typedMs: number[] = [];
  await note('board, typing a search', page, async () => {
    typedMs.push(...(await typeSearch(page)));
  });
  await wheelEmpty('after');
  await page.bringToFront();
  say(`${events} events`);
  await reopen(page, program.url);
  return {
    openedMs,
    scriptKb,
    frames,
    typedMs,
    ...(await eventToDom(page, { program, task: topOf(ready), events })),
    complaints: complaints.length,
  };
}

/** The card at the top of its column: of the highest priority, the oldest. */
function topOf(tasks: readonly Task[]): Task {
  const [top] = tasks.toSorted((a, b) => b.priority - a.priority || a.createdAt - b.createdAt);
  if (!top) throw new Error('there is no card to change');
  return top;
}

/** Changes a card in sight or far away 20 times a second while the work is done. */
async function withChanges<T>(
  { client }: RunningProgram,
  tasks: readonly Task[],
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const changing = (async () => {
    for (let number = 0; !over.signal.aborted; number += 1) {
      const { id = '' } = tasks[(number * 7) % tasks.length] ?? {};
      await client.call('task.update', { params: { taskId: id }, body: { title: `Changed ${number}` } });
      await wait(BUSY_EVERY_MS);
    }
  })();
  return work().finally(() => {
    over.abort();
    return changing;
  });
}

async function eventToDom(
  page: Page,
  plan: { readonly program: RunningProgram; readonly task: Task; readonly events: number },
): Promise<Pick<Measured, 'inPageMs' | 'paintedMs' | 'lost'>> {
  const { program, task, events } = plan;
  await page.locator(`[data-task-id="${task.id}"]`).waitFor();
  const seen = await watchTitles(page, 'Beat');
  const sentAt = new Map<string, number>();
  for (let number = 0; number < events; number += 1) {
    const title = `Beat ${number}.`;
    sentAt.set(title, performance.timeOrigin + performance.now());
    await program.client.call('task.update', { params: { taskId: task.id }, body: { title } });
    await wait(150);
  }
  await wait(500);
  const found = await seen();
  const since = (pick: 'inPageAt' | 'paintedAt') =>
    [...found].map(([title, it]) => it[pick] - (sentAt.get(title) ?? Number.NaN));
  return { inPageMs: since('inPageAt'), paintedMs: since('paintedAt'), lost: events - found.size };
}

function report(cards: number, measured: Measured) {
  const { frames, openedMs, scriptKb } = measured;
  const [inPage, painted, typed] = [measured.inPageMs, measured.paintedMs, measured.typedMs].map(summarize);
  const latency = [
    ['request sent → new title in the page', inPage],
    ['request sent → new title painted', painted],
    ['key pressed → search painted', typed],
  ] as const;
  const moved = frames.filter(([name]) => /^board, (wheel|drag)/.test(name));
  return {
    tables: [
      frameTable(cards, frames),
      {
        title: 'latency, ms',
        columns: ['', 'times', 'p50', 'p99', 'max'],
        rows: latency.map(([name, it]) => [name, it?.count ?? 0, it?.p50 ?? 0, it?.p99 ?? 0, it?.max ?? 0]),
      },
      {
        title: 'load',
        columns: ['', ''],
        rows: [
          ['page asked for → first card, ms', openedMs],
          ['script of the first load, KB gzipped', scriptKb],
        ],
      },
    ],
    verdicts: [
      ...moved.map(([name, { p95 }]) => ({
        what: `${name}: p95 of a frame`,
        target: `≤ ${FRAME_TARGET_MS} ms`,
        seen: `${numberText(p95)} ms`,
        isMet: p95 <= FRAME_TARGET_MS,
      })),
      {
        what: 'request → new title in the page, p99',
        target: `≤ ${EVENT_TARGET_MS} ms`,
        seen: `${numberText(inPage?.p99 ?? Number.NaN)} ms`,
        isMet: (inPage?.p99 ?? Number.NaN) <= EVENT_TARGET_MS,
      },
      {
        what: 'script of the first load, gzipped',
        target: `≤ ${SCRIPT_TARGET_KB} KB`,
        seen: `${numberText(scriptKb)} KB`,
        isMet: scriptKb <= SCRIPT_TARGET_KB,
      },
    ],
    faults: { 'events never shown': measured.lost, 'errors in the page': measured.complaints },
  };
}

function frameTable(cards: number, frames: Measured['frames']) {
  return {
    title: `frames with ${cards} cards, ms`,
    columns: ['', 'frames', 'p50', 'p95', 'p99', 'max', 'late, %', 'CPU of the page'],
    rows: frames.map(([name, it]) => [
      name,
      it.count,
      it.p50,
      it.p95,
      it.p99,
      it.max,
      it.late * 100,
      it.workMs,
    ]),
  };
}
