import type { StreamFrame } from '@quarterdeck/contract/stream';
import { HEARTBEAT_MS } from '@quarterdeck/contract/stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryLog, type MemoryLog } from '../testing/memory-log.ts';
import { taskCreated } from '../testing/samples.ts';
import { range, seqsOf, until } from '../testing/stream-clients.ts';
import type { EndReason, Sink } from './sink.ts';
import { STREAM_LIMITS } from './stream-limits.ts';
import { startStreamReader } from './stream-reader.ts';
import { SOCKET_WIRE, shareEvents } from './wire.ts';

/** A connection whose other side reads only when told to. */
function createFakeSink({ isStuck = false } = {}) {
  const frames: StreamFrame[] = [];
  const ends: EndReason[] = [];
  let unsent = 0;
  let mostUnsent = 0;
  let drained: () => void = () => undefined;
  let onAsked: () => void = () => undefined;
  const sink: Sink = {
    wire: SOCKET_WIRE,
    send(message) {
      frames.push(JSON.parse(String(message)));
      if (isStuck) unsent += message.length;
      mostUnsent = Math.max(mostUnsent, unsent);
    },
    unsentBytes: () => {
      onAsked();
      return unsent;
    },
    onDrain: (listener) => {
      drained = listener;
    },
    end: (why) => void ends.push(why),
    destroy: () => undefined,
  };
  return {
    sink,
    frames,
    ends,
    mostUnsent: () => mostUnsent,
    /** Called at every look at how much is unsent. */
    whenAsked(listener: () => void) {
      onAsked = listener;
    },
    drain() {
      unsent = 0;
      drained();
    },
  };
}

function follow(log: MemoryLog, sink: Sink, { since = 0, limits = {} } = {}) {
  const failures: unknown[] = [];
  const reader = startStreamReader(
    {
      feed: log.feed,
      readEvents: log.readEvents,
      limits: { ...STREAM_LIMITS, pageSize: 7, ...limits },
      onFailure: (error) => failures.push(error),
    },
    sink,
    since,
  );
  log.feed.subscribe((events) => reader.takeEvents(shareEvents(events), events));
  return { reader, failures };
}

const types = (frames: readonly StreamFrame[]) => frames.map(({ type }) => type);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('K13: a stream has no gap and no repetition', () => {
  it('whatever is committed and published while it replays', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.array(
          fc.record({
            count: fc.integer({ min: 1, max: 9 }),
            turns: fc.integer({ min: 0, max: 3 }),
            isLate: fc.boolean(),
          }),
          { maxLength: 25 },
        ),
        async (before, cursor, commits) => {
          const log = createMemoryLog();
          if (before > 0) log.commit(taskCreated, before);
          const since = Math.min(cursor, before);
          const { sink, frames, ends } = createFakeSink();
          follow(log, sink, { since });
          for (const { count, turns, isLate } of commits) {
            const added = range(log.latest() + 1, log.latest() + count).map((seq) => taskCreated(seq));
            log.store(added);
            // Stored and not yet published: what a reader can see of a commit that has just ended.
            if (isLate) await turn();
            log.feed.publish(added);
            for (let count = 0; count < turns; count += 1) await turn();
          }
          await until(() => seqsOf(frames).at(-1) === log.latest() || log.latest() === since, 'all came');
          expect(seqsOf(frames)).toEqual(range(since + 1, log.latest()));
          expect(ends).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('also when a commit comes between the last look at the log and going live', async () => {
    const log = createMemoryLog();
    log.commit(taskCreated, 3);
    const { sink, frames, whenAsked } = createFakeSink();
    whenAsked(() => {
      if (seqsOf(frames).at(-1) !== 3) return;
      whenAsked(() => undefined);
      queueMicrotask(() => log.commit(taskCreated));
    });
    follow(log, sink);
    await until(() => types(frames).includes('live'), 'it is live');
    log.commit(taskCreated);
    expect(seqsOf(frames)).toEqual(range(1, 5));
  });

  it('says hello, replays, and says when it is live', async () => {
    const log = createMemoryLog();
    log.commit(taskCreated, 20);
    const { sink, frames } = createFakeSink();
    follow(log, sink, { since: 17 });
    await until(() => types(frames).includes('live'), 'it is live');
    log.commit(taskCreated);
    expect(types(frames)).toEqual(['hello', 'event', 'event', 'event', 'live', 'event']);
    expect(frames[0]).toMatchObject({ cursor: 17, heartbeatMs: HEARTBEAT_MS });
    expect(frames[4]).toMatchObject({ cursor: 20 });
  });
});

describe('a reader that cannot be helped is told to load a snapshot', () => {
  it.each([
    ['its cursor is older than the log', { since: 3 }],
    ['it is too far behind', { since: 10, limits: { maxBehind: 29 } }],
    ['its cursor is from the future', { since: 41 }],
  ])('when %s', async (_why, options) => {
    const log = createMemoryLog();
    log.commit(taskCreated, 40);
    log.cut(5);
    const { sink, frames, ends } = createFakeSink();
    follow(log, sink, options);
    await until(() => ends.length > 0, 'it was ended');
    expect(types(frames)).toEqual(['hello', 'truncated']);
    expect(frames.at(-1)).toMatchObject({ cursor: 40 });
    expect(ends).toEqual(['slow']);
  });

  it('but not when its snapshot is ahead of the feed by a commit', async () => {
    const log = createMemoryLog();
    log.commit(taskCreated, 3);
    const late = taskCreated(4);
    log.store([late]);
    const { sink, frames } = createFakeSink();
    follow(log, sink, { since: 4 });
    await until(() => types(frames).includes('live'), 'it is live');
    log.feed.publish([late]);
    log.commit(taskCreated);
    expect(seqsOf(frames)).toEqual([5]);
  });

  it.each(['while it replays', 'after it went live'])(
    'when it stands still %s, with a bounded amount unsent',
    async (when) => {
      const log = createMemoryLog();
      const limits = { maxUnsentBytes: 20_000, resumeBytes: 5_000, slowReaderMs: 50 };
      const { sink, frames, ends, mostUnsent } = createFakeSink({ isStuck: true });
      if (when === 'while it replays') log.commit(taskCreated, 100);
      follow(log, sink, { limits });
      await until(() => types(frames).includes('live') || frames.length > 2, 'it reads');
      for (let count = 0; count < 500; count += 1) {
        log.commit(taskCreated);
        if (count % 50 === 0) await turn();
      }
      await until(() => ends.length > 0, 'it was ended');
      expect(ends).toEqual(['slow']);
      expect(frames.at(-1)?.type).toBe('truncated');
      expect(mostUnsent()).toBeLessThan(22_000);
    },
  );

  it('and one that is only slow gets everything, at its pace', async () => {
    const log = createMemoryLog();
    const limits = { maxUnsentBytes: 20_000, resumeBytes: 5_000, slowReaderMs: 5_000 };
    const { sink, frames, ends, mostUnsent, drain } = createFakeSink({ isStuck: true });
    follow(log, sink, { limits });
    const timer = setInterval(drain, 1);
    for (let count = 0; count < 500; count += 1) {
      log.commit(taskCreated);
      if (count % 100 === 0) await turn();
    }
    await until(() => seqsOf(frames).at(-1) === 500, 'all came');
    clearInterval(timer);
    expect(seqsOf(frames)).toEqual(range(1, 500));
    expect(ends).toEqual([]);
    expect(mostUnsent()).toBeLessThan(22_000);
  });
});

it('ends a stream whose log cannot be read, and reports it', async () => {
  const log = createMemoryLog();
  log.commit(taskCreated);
  const { sink, ends } = createFakeSink();
  const broken: MemoryLog = {
    ...log,
    readEvents: async () => {
      throw new Error('disk on fire');
    },
  };
  const { failures } = follow(broken, sink);
  await until(() => ends.length > 0, 'it was ended');
  expect(failures).toHaveLength(1);
});
