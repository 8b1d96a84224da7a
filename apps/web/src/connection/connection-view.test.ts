import { expect, it } from 'vitest';
import { afterStream, connectionView, START, shouldPoll } from './connection-view.ts';

it('is live only while the stream has proved it', () => {
  const greeted = afterStream(START, 'catching-up');
  expect(connectionView(START)).toBe('catching-up');
  expect(connectionView(greeted)).toBe('catching-up');
  const live = afterStream(greeted, 'live');
  expect(connectionView(live)).toBe('live');
  expect(connectionView(afterStream(live, 'lost'))).toBe('catching-up');
});

it('polls when the stream stays away, and says so only when a poll was answered', () => {
  const away = { ...afterStream(START, 'lost'), isAway: true };
  expect(shouldPoll(away)).toBe(true);
  expect(connectionView(away)).toBe('offline');
  expect(connectionView({ ...away, pollWorked: true })).toBe('polling');
  expect(connectionView({ ...away, pollWorked: false })).toBe('offline');
  expect(shouldPoll(afterStream(away, 'live'))).toBe(false);
});

it('is offline at once when the network is gone', () => {
  expect(connectionView({ ...afterStream(START, 'lost'), isNetworkUp: false })).toBe('offline');
});
