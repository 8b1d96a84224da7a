import type { StreamFrame } from '@quarterdeck/contract/stream';

type Listener = (frame: StreamFrame) => void;

const listeners = new Set<Listener>();

/** Hears every frame as it arrives, for views that keep more than the board does. Returns what stops it. */
export function onFrame(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Passes a frame to all who listen. */
export function announceFrame(frame: StreamFrame): void {
  for (const listener of listeners) listener(frame);
}
