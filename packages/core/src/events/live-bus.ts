import type { StreamFrame } from '@quarterdeck/contract/stream';

/** Frames that are shown and forgotten: text being written, activity, waiting reasons. */
export type LiveFrame = Extract<StreamFrame, { type: 'activity' | 'waiting' | 'fleet' | 'item' | 'delta' }>;
type Listener = (frame: LiveFrame) => void;

export interface LiveBus {
  publish(frame: LiveFrame): void;
  subscribe(listener: Listener): () => void;
}

/** The in-process bus of live frames. Nothing is stored: a reader that misses one is healed by the next or by a snapshot. */
export function createLiveBus(): LiveBus {
  const listeners = new Set<Listener>();
  return {
    publish(frame) {
      for (const listener of [...listeners]) listener(frame);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
