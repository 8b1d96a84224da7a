import { TASK_STATUSES, type TaskStatus } from '@quarterdeck/contract/status';
import { TASK_VERBS, type TaskVerb, TRANSITIONS } from '@quarterdeck/contract/transitions';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { applyVerb } from './apply-verb.ts';

/** The table by hand, one row a status: what every verb makes of it, `-` for a refusal. */
const TABLE = `
            promote demote claim   release complete requestReview requestChanges block   unblock schedule  triage specify archive  reopen
triage      ready   -      -       -       done     -             -              blocked -       scheduled -      todo    archived -
todo        ready   -      -       -       done     -             -              blocked -       scheduled triage -       archived -
scheduled   ready   todo   -       -       done     -             -              blocked -       -         triage -       archived -
ready       -       todo   running -       done     review        -              blocked -       scheduled triage -       archived -
running     -       todo   -       ready   done     review        ready          blocked -       -         triage -       archived -
review      ready   todo   running -       done     -             ready          blocked -       -         triage -       archived todo
blocked     -       -      -       -       done     review        -              -       ready   scheduled triage -       archived todo
done        ready   -      -       -       -        -             ready          -       -       -         -      -       archived todo
archived    ready   -      -       -       -        -             -              -       -       -         -      -       -        todo
`;

const [head = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const cells = rows.flatMap(([status = '', ...ends]) =>
  ends.map((to, index) => ({ status: status as TaskStatus, verb: head[index] as TaskVerb, to })),
);

describe('K5 the transition table', () => {
  it('names every status and every verb', () => {
    expect(head).toEqual(TASK_VERBS);
    expect(rows.map(([status]) => status)).toEqual(TASK_STATUSES);
  });

  it.each(cells)('$status, $verb → $to', ({ status, verb, to }) => {
    const before = makeTask({ status });
    const moved = applyVerb(before, verb, { now: 5 });
    if (to !== '-') expect(moved).toMatchObject({ ok: true, value: { status: to, updatedAt: 5 } });
    else {
      expect(moved).toMatchObject({ ok: false, refusal: { code: 'transition_refused' } });
      expect(moved.ok || moved.refusal.message).toContain(TRANSITIONS[verb].from.join(', '));
    }
  });
});

describe('a move', () => {
  const move = (verb: TaskVerb, fields: Parameters<typeof makeTask>[0], changes = {}) => {
    const moved = applyVerb(makeTask(fields), verb, { now: 5, changes });
    if (!moved.ok) throw new Error(moved.refusal.message);
    return moved.value;
  };

  it.each(['release', 'demote', 'complete', 'block', 'triage', 'archive', 'requestReview'] as const)(
    'K5 out of running by %s gives up the claim',
    (verb) => {
      const claim = { currentRunId: 'r_0001' as never, claimLock: 'x', claimExpiresAt: 9 };
      expect(move(verb, { status: 'running', ...claim })).toMatchObject({
        currentRunId: null,
        claimLock: null,
        claimExpiresAt: null,
      });
    },
  );

  it('out of blocked forgets why', () => {
    const blocked = { status: 'blocked', blockReason: 'x', blockKind: 'other' } as const;
    expect(move('unblock', blocked)).toMatchObject({ blockReason: null, blockKind: null });
  });

  it('stamps the first start and the end, and takes the end back', () => {
    expect(move('claim', { status: 'ready' })).toMatchObject({ startedAt: 5, completedAt: null });
    expect(move('claim', { status: 'ready', startedAt: 2 })).toMatchObject({ startedAt: 2 });
    expect(move('complete', { status: 'running' })).toMatchObject({ completedAt: 5 });
    expect(move('archive', { status: 'done', completedAt: 3 })).toMatchObject({ completedAt: 3 });
    expect(move('reopen', { status: 'done', completedAt: 3 })).toMatchObject({ completedAt: null });
  });

  it('keeps the start time while the task may still wait for it', () => {
    expect(move('demote', { status: 'scheduled', scheduledAt: 9 })).toMatchObject({ scheduledAt: 9 });
    expect(move('promote', { status: 'scheduled', scheduledAt: 9 })).toMatchObject({ scheduledAt: null });
  });

  it('takes what the verb carries last', () => {
    const changes = { isHeld: true, failureCount: 2 };
    expect(move('demote', { status: 'ready' }, changes)).toMatchObject(changes);
    expect(move('promote', { status: 'todo', isHeld: true })).toMatchObject({ isHeld: false });
  });
});
