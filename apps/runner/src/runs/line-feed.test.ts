import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JournalLine } from '@quarterdeck/contract/journal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { createLineFeed } from './line-feed.ts';

function setUp(written = 0) {
  const journal: JournalLine[] = [];
  const world = { received: [] as number[], frames: 0, isUp: false, isCongested: false, readings: 0 };
  const feed = createLineFeed(
    {
      readJournal: async function* (afterSeq) {
        world.readings += 1;
        for (let index = afterSeq; index < journal.length; index += 1) {
          await nextTurn();
          const line = journal[index];
          if (line) yield line;
        }
      },
      send: (lines) => {
        if (!world.isUp) return false;
        world.frames += 1;
        world.received.push(...lines.map(({ seq }) => seq));
        return true;
      },
      isCongested: () => world.isCongested,
      onError: (error) => {
        throw error;
      },
    },
    written,
  );
  const append = (): JournalLine => {
    const seq = journal.length + 1;
    const line: JournalLine = { seq, at: seq, entry: { kind: 'activity', text: `step ${seq}` } };
    journal.push(line);
    return line;
  };
  for (let count = 0; count < written; count += 1) append();
  return {
    world,
    feed,
    write: () => feed.offer(append()),
    connect: (afterSeq: number) => {
      world.isUp = true;
      feed.resume(afterSeq);
    },
    disconnect: () => {
      world.isUp = false;
      feed.pause();
    },
  };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a line feed', () => {
  it('passes lines on without touching the disk while the server is up to date, many in one frame', async () => {
    const { world, connect, write } = setUp();
    connect(0);
    for (let count = 0; count < 50; count += 1) write();
    await until('all lines', () => (world.received.length === 50 ? true : null));
    expect(world.received).toEqual(numbers(1, 50));
    expect(world.frames).toBe(1);
    expect(world.readings).toBe(0);
  });

  it('reads from the journal what the server missed, then passes on', async () => {
    const { world, connect, write } = setUp(10);
    write();
    connect(4);
    write();
    await until('all lines', () => (world.received.at(-1) === 12 ? true : null));
    expect(world.received).toEqual(numbers(5, 12));
  });

  it('holds back while the connection is congested and goes on where it was', async () => {
    const { world, feed, connect, write } = setUp();
    connect(0);
    write();
    await until('the first line', () => (world.received.length === 1 ? true : null));
    world.isCongested = true;
    write();
    write();
    expect(feed.isLive()).toBe(false);
    world.isCongested = false;
    feed.relieve();
    await until('all lines', () => (world.received.length === 3 ? true : null));
    expect(world.received).toEqual([1, 2, 3]);
  });

  it('cuts frames to a bounded size', async () => {
    const { world, connect } = setUp(600);
    connect(0);
    await until('all lines', () => (world.received.length === 600 ? true : null));
    expect(world.frames).toBe(3);
  });

  it('counts as acknowledged only with its newest line', () => {
    const { feed, connect, write } = setUp(2);
    connect(0);
    feed.acknowledge(2);
    expect(feed.isAcknowledged()).toBe(true);
    write();
    expect(feed.isAcknowledged()).toBe(false);
    feed.acknowledge(3);
    expect(feed.isAcknowledged()).toBe(true);
  });

  it('gives every line once and in order, however the connection comes and goes', async () => {
    const step = fc.constantFrom('write', 'write', 'cut', 'congest', 'relieve', 'turn', 'turn');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { world, feed, write, connect, disconnect } = setUp();
        connect(0);
        const doing: Record<(typeof steps)[number], () => void | Promise<void>> = {
          write,
          cut: () => {
            disconnect();
            connect(world.received.length);
          },
          congest: () => {
            world.isCongested = true;
          },
          relieve: () => {
            world.isCongested = false;
            feed.relieve();
          },
          turn: () => nextTurn(),
        };
        for (const name of steps) await doing[name]();
        await doing.relieve();
        const written = steps.filter((name) => name === 'write').length;
        await until('all lines', () => (world.received.length >= written ? true : null), 2000);
        expect(world.received).toEqual(numbers(1, written));
      }),
      { numRuns: 60 },
    );
  });
});
