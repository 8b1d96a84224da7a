import type { Event } from '@quarterdeck/contract/event';
import type { Proposal } from '@quarterdeck/contract/proposal';
import { glanceAt, type Run } from '@quarterdeck/contract/run';
import { TASK_STATUSES } from '@quarterdeck/contract/status';
import type { Task } from '@quarterdeck/contract/task';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent } from './apply-event.ts';
import { applyFrames } from './apply-frame.ts';
import { type BoardState, EMPTY_BOARD } from './board-state.ts';
import { sortIntoColumns } from './column-order.ts';

describe('applyEvent', () => {
  it('adds a created task and ignores an event it has seen', () => {
    const once = applyEvent(EMPTY_BOARD, created(1, task('t_aaaa')));
    expect(once.cards.get('t_aaaa')?.title).toBe('t_aaaa');
    expect(applyEvent(once, created(1, task('t_aaaa', { title: 'late' })))).toBe(once);
  });

  it('derives what a child waits for and how far a parent got from links and statuses', () => {
    const linked = play([
      created(1, task('t_aaaa')),
      created(2, task('t_bbbb')),
      event(3, 'task.linked', { parentId: 't_aaaa', childId: 't_bbbb' }),
    ]);
    expect(linked.cards.get('t_bbbb')?.waitsFor).toEqual(['t_aaaa']);
    expect(linked.cards.get('t_aaaa')?.progress).toEqual({ done: 0, total: 1 });
    const parentDone = applyEvent(linked, moved(4, task('t_aaaa', { status: 'done' })));
    expect(parentDone.cards.get('t_bbbb')?.waitsFor).toEqual([]);
    const childDone = applyEvent(parentDone, moved(5, task('t_bbbb', { status: 'done' })));
    expect(childDone.cards.get('t_aaaa')?.progress).toEqual({ done: 1, total: 1 });
    const unlinked = applyEvent(
      childDone,
      event(6, 'task.unlinked', { parentId: 't_aaaa', childId: 't_bbbb' }),
    );
    expect(unlinked.cards.get('t_aaaa')?.progress).toBeNull();
  });

  it('shows the current run while it lives and drops it when it ends', () => {
    const running = task('t_aaaa', { status: 'running', currentRunId: 'r_1111' });
    const live = play([created(1, running), event(2, 'run.started', { run: run('working') })]);
    expect(live.cards.get('t_aaaa')?.run?.id).toBe('r_1111');
    const ended = applyEvent(
      live,
      event(3, 'run.ended', { run: run('ended'), outcome: 'completed', diffStat: null }),
    );
    expect(ended.cards.get('t_aaaa')?.run).toBeNull();
    expect(ended.cards.get('t_aaaa')?.lastRun?.id).toBe('r_1111');
    const reviewed = applyEvent(
      live,
      event(3, 'run.ended', {
        run: { ...run('ended'), purpose: 'review' },
        outcome: 'approved',
        diffStat: null,
      }),
    );
    expect(reviewed.cards.get('t_aaaa')?.lastRun).toBeNull();
  });

  it('takes the run off a task that was moved away from it', () => {
    const running = task('t_aaaa', { status: 'running', currentRunId: 'r_1111' });
    const live = play([created(1, running), event(2, 'run.started', { run: run('working') })]);
    const back = applyEvent(live, moved(3, task('t_aaaa', { status: 'todo' })));
    expect(back.cards.get('t_aaaa')?.run).toBeNull();
  });

  it('counts comments and pending approvals on the card', () => {
    const raised = play([
      created(1, task('t_aaaa')),
      event(2, 'task.commented', { comment: {} }, 't_aaaa'),
      event(3, 'proposal.raised', { proposal: proposal('pending') }),
    ]);
    expect(raised.cards.get('t_aaaa')).toMatchObject({ commentCount: 1, pendingApprovals: 1 });
    const ruled = applyEvent(raised, event(4, 'proposal.ruled', { proposal: proposal('allowed') }));
    expect(ruled.cards.get('t_aaaa')?.pendingApprovals).toBe(0);
    expect(ruled.pending.size).toBe(0);
  });
});

describe('columns', () => {
  it('are after any batch of events what sorting all cards would give', () => {
    const ids = ['t_aaaa', 't_bbbb', 't_cccc', 't_dddd', 't_eeee'];
    const change = fc.record({
      id: fc.constantFrom(...ids),
      status: fc.constantFrom(...TASK_STATUSES),
      priority: fc.integer({ min: 0, max: 2 }),
      createdAt: fc.integer({ min: 0, max: 3 }),
      completedAt: fc.option(fc.integer({ min: 0, max: 3 })),
    });
    fc.assert(
      fc.property(fc.array(fc.array(change)), (batches) => {
        let seq = 0;
        const board = batches.reduce((state: BoardState, batch) => {
          const frames = batch.map(({ id, ...rest }) => {
            seq += 1;
            return { type: 'event', event: created(seq, task(id, rest)) } as const;
          });
          return applyFrames(state, frames);
        }, EMPTY_BOARD);
        const filled = [...board.columns].filter(([, cards]) => cards.length > 0);
        expect(new Map(filled)).toEqual(sortIntoColumns(board.cards.values()));
        expect(board.cards.size).toBe(new Set(batches.flat().map(({ id }) => id)).size);
      }),
    );
  });

  it('stay the same lists where nothing changed, and the same board when nothing did', () => {
    const board = play([created(1, task('t_aaaa')), created(2, task('t_bbbb', { status: 'done' }))]);
    const renamed = applyEvent(board, created(3, task('t_aaaa', { title: 'Other' })));
    expect(renamed.columns.get('ready')?.[0]?.title).toBe('Other');
    expect(renamed.columns.get('done')).toBe(board.columns.get('done'));
    expect(renamed.cards.get('t_bbbb')).toBe(board.cards.get('t_bbbb'));
    expect(applyFrames(renamed, [])).toBe(renamed);
  });
});

describe('applyFrames', () => {
  it('ignores activity of a run the task has left', () => {
    const board = play([created(1, task('t_aaaa', { status: 'running', currentRunId: 'r_2222' }))]);
    const late = glanceAt(run('working'));
    expect(applyFrames(board, [{ type: 'activity', taskId: 't_aaaa', run: late }])).toBe(board);
  });

  it('sets and clears why a task waits', () => {
    const board = play([created(1, task('t_aaaa'))]);
    const waiting = { code: 'next', message: 'next in line', remedy: null } as const;
    const told = applyFrames(board, [{ type: 'waiting', taskId: 't_aaaa', waiting }]);
    expect(told.cards.get('t_aaaa')?.waiting?.message).toBe('next in line');
    expect(applyFrames(told, [{ type: 'heartbeat', cursor: 1, at: 1 }])).toBe(told);
  });
});

function play(events: readonly Event[]): BoardState {
  return events.reduce(applyEvent, EMPTY_BOARD);
}

function created(seq: number, payload: Task): Event {
  return event(seq, 'task.created', { task: payload });
}

function moved(seq: number, payload: Task): Event {
  return event(seq, 'task.promoted', { task: payload, from: 'todo', byPerson: true });
}

function event(seq: number, kind: string, payload: object, taskId: string | null = null): Event {
  return {
    seq,
    at: 1000,
    kind,
    actor: 'Mia',
    taskId,
    projectId: null,
    runId: null,
    payload,
  } as unknown as Event;
}

function task(id: string, change: object = {}): Task {
  return {
    id,
    title: id,
    status: 'ready',
    priority: 0,
    createdAt: 0,
    updatedAt: 0,
    startedAt: null,
    completedAt: null,
    currentRunId: null,
    ...change,
  } as Task;
}

function run(status: Run['status']): Run {
  return { id: 'r_1111', taskId: 't_aaaa', purpose: 'work', status, usage: NO_USAGE } as Run;
}

function proposal(status: Proposal['status']): Proposal {
  return { id: 'a_1111', taskId: 't_aaaa', status } as Proposal;
}
