import type { Event } from '@quarterdeck/contract/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventFeed } from './feed.ts';

const event = (seq: number): Event => ({
  seq,
  at: 1,
  kind: 'task.linked',
  actor: 'ada',
  taskId: null,
  projectId: null,
  runId: null,
  payload: { parentId: 't_0001' as never, childId: 't_0002' as never },
});
const events = (...seqs: number[]) => seqs.map(event);

function listen(startAfter = 0) {
  const feed = createEventFeed(startAfter);
  const heard: number[] = [];
  const stop = feed.subscribe((batch) => heard.push(...batch.map(({ seq }) => seq)));
  return { feed, heard, stop };
}

describe('the feed of committed events', () => {
  it('holds back what comes early until the rest is there', () => {
    const { feed, heard } = listen(10);
    feed.publish(events(12, 13));
    expect(heard).toEqual([]);
    expect(feed.cursor()).toBe(10);
    feed.publish(events(11));
    expect(heard).toEqual([11, 12, 13]);
    expect(feed.cursor()).toBe(13);
  });

  it('says everything once', () => {
    const { feed, heard } = listen();
    feed.publish(events(1, 2));
    feed.publish(events(1, 2, 3));
    expect(heard).toEqual([1, 2, 3]);
  });

  it('tells nobody who has left, also when they leave while it speaks', () => {
    const { feed, heard, stop } = listen();
    feed.subscribe(() => stop());
    feed.publish(events(1));
    feed.publish(events(2));
    expect(heard).toEqual([1]);
  });

  it('gives every order of reports the same story', () => {
    const batches = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 });
    fc.assert(
      fc.property(batches, (order) => {
        const { feed, heard } = listen();
        for (const seq of order) feed.publish(events(seq));
        expect(heard).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      }),
    );
  });
});
