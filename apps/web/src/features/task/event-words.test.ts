import type { Event } from '@quarterdeck/contract/event';
import type { Run } from '@quarterdeck/contract/run';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { expect, it } from 'vitest';
import { applyToDetail, type Detail, latestRun, spentOf } from './detail-state.ts';
import { eventWords } from './event-words.ts';

const event = (kind: string, payload: object, seq = 2): Event => ({ seq, kind, payload }) as unknown as Event;

it('says in words what happened', () => {
  expect(eventWords(event('task.edited', { fields: ['title', 'body'] }))).toBe(
    'changed the title and the description',
  );
  expect(eventWords(event('task.promoted', { task: { status: 'ready' } }))).toBe('moved it to Ready');
  expect(eventWords(event('task.assigned', { task: { assignee: null } }))).toBe('took it from its assignee');
  expect(eventWords(event('run.ended', { run: { attempt: 2, error: 'exit 1' }, outcome: 'crashed' }))).toBe(
    'ended attempt 2: Crashed. exit 1',
  );
  expect(eventWords(event('task.commented', { comment: {} }))).toBeNull();
});

it('follows comments and runs and ignores what it has seen', () => {
  const start: Detail = { comments: [], runs: [run(1)], attachments: [], waiting: [], seq: 1 };
  const commented = applyToDetail(start, event('task.commented', { comment: { id: 7 } }, 2));
  expect(commented.comments).toHaveLength(1);
  expect(applyToDetail(commented, event('task.commented', { comment: { id: 8 } }, 2))).toBe(commented);
  const second = applyToDetail(commented, event('run.started', { run: run(2) }, 3));
  expect(latestRun(second.runs)?.attempt).toBe(2);
});

it('K21: follows files', () => {
  const start: Detail = { comments: [], runs: [], attachments: [], waiting: [], seq: 1 };
  const file = { attachment: { id: 'f_0001', name: 'a.png' } };
  const attached = applyToDetail(start, event('task.attached', file, 2));
  expect(attached.attachments).toHaveLength(1);
  expect(applyToDetail(attached, event('task.detached', file, 3)).attachments).toEqual([]);
  expect(eventWords(event('task.attached', file))).toBe('attached a.png');
});

it('adds up what is known and marks an estimate', () => {
  expect(spentOf([run(1)])).toEqual({ tokens: null, costMicros: null, costSource: null });
  const priced = {
    ...run(2),
    usage: {
      ...NO_USAGE,
      inputTokens: 10,
      outputTokens: 5,
      costMicros: 90,
      costSource: 'estimated' as const,
    },
  };
  expect(spentOf([run(1), priced])).toEqual({ tokens: 15, costMicros: 90, costSource: 'estimated' });
});

function run(attempt: number): Run {
  return { id: `r_000${attempt}`, attempt, usage: NO_USAGE } as Run;
}
