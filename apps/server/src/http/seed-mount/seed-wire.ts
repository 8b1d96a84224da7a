import type { Event } from '@quarterdeck/contract/event';
import type { Wire } from '../streams/wire.ts';
import { toSeedEvents } from './seed-event.ts';

const EVENTS_PER_FRAME = 200;

/** The seed's event socket: `{events, cursor}` with at most 200 events, only facts about tasks, and nothing else. */
export const SEED_WIRE: Wire = {
  events: framesOf,
  chunkSize: EVENTS_PER_FRAME,
  frame: () => null,
  canTruncate: false,
};

function framesOf(events: readonly Event[]): Buffer[] {
  const told = toSeedEvents(events);
  const frames: Buffer[] = [];
  for (let at = 0; at < told.length; at += EVENTS_PER_FRAME) {
    const page = told.slice(at, at + EVENTS_PER_FRAME);
    frames.push(Buffer.from(JSON.stringify({ events: page, cursor: page.at(-1)?.id })));
  }
  return frames;
}
