export { checkSeen } from './check-seen.ts';
export type { Clock, Ids } from './clock.ts';
export { createIds } from './create-ids.ts';
export { createLoop } from './create-loop.ts';
export { createEventFeed, type EventFeed } from './feed.ts';
export { createLiveBus, type LiveBus, type LiveFrame } from './live-bus.ts';
export type { Database, EventLog, ReplyStore, SavedReply } from './ports.ts';
