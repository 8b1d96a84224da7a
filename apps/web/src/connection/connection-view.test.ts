import { expect, it } from 'vitest';
import { afterStream, connectionView, START, shouldPoll } from './connection-view.ts';

it('is live only while the stream has proved it', () => {
  const greeted = afterStream(START, 'catching-up');
  expect(connectionView(START)).toBe('catching-up');
  expect(connectionView(greeted)).toBe('catching-up');
  const live = afterStream(greeted, 'live');
  expect(connectionView(live)).toBe('live');
  expect(connectionView(afterStream(live, 'lost'))).not.toBe('live');
});

it('polls after three lost connections and says so only when a poll was answered', () => {
  const lost = ['lost', 'lost', 'lost'].reduce((facts) => afterStream(facts, 'lost'), START);
  expect(shouldPoll(lost)).toBe(true);
  expect(connectionView(lost)).toBe('offline');
  expect(connectionView({ ...lost, pollWorked: true })).toBe('polling');
  expect(connectionView({ ...lost, pollWorked: false })).toBe('offline');
  expect(shouldPoll(afterStream(lost, 'live'))).toBe(false);
});

it('is offline at once when the network is gone', () => {
  expect(connectionView({ ...afterStream(START, 'lost'), isNetworkUp: false })).toBe('offline');
});
