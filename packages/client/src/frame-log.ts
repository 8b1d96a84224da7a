import type { Event } from '@quarterdeck/contract/event';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import type { StreamState } from './cursor.ts';

/** Collects frames and states of a stream under test and lets a test wait for a condition on them. */
export function createFrameLog() {
  const frames: StreamFrame[] = [];
  const states: StreamState[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of [...waiting]) check();
  };
  return {
    frames,
    states,
    onFrame: (frame: StreamFrame) => {
      frames.push(frame);
      look();
    },
    onState: (state: StreamState) => {
      states.push(state);
      look();
    },
    seqs: () => frames.flatMap((frame) => (frame.type === 'event' ? [frame.event.seq] : [])),
    /** Rejects after five seconds. */
    until: (isTrue: () => boolean) =>
      new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`never true; states: ${states.join(' ')}`)), 5000);
        const check = () => {
          if (!isTrue()) return;
          clearTimeout(late);
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

/** An event frame that carries nothing but its place. */
export function eventFrame(seq: number): StreamFrame {
  const event = {
    seq,
    at: 0,
    kind: 'runner.connected',
    actor: 'test',
    taskId: null,
    projectId: null,
    runId: null,
    payload: { runnerId: 'm_1', name: 'm' },
  } satisfies Event;
  return { type: 'event', event };
}
