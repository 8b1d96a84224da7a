import { DIAGNOSTIC_KINDS } from '@quarterdeck/contract/diagnostic';
import type { TaskId } from '@quarterdeck/contract/ids';
import type { Landing } from '@quarterdeck/contract/landing';
import type { Task } from '@quarterdeck/contract/task';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { findProblems, RULES } from './find-problems.ts';
import type { TaskFacts } from './task-facts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_800_000_000_000;
const ago = (ms: number) => NOW - ms;

type Wrong = Partial<Omit<TaskFacts, 'task'>> & { readonly task?: Partial<Omit<Task, 'id'>> };

function facts({ task, ...rest }: Wrong): TaskFacts {
  return {
    now: NOW,
    task: makeTask({ updatedAt: NOW, ...task }),
    failureLimit: 3,
    run: null,
    lastRun: null,
    pendingSince: null,
    lastCommentAt: null,
    readySince: null,
    waiting: null,
    parents: [],
    ring: [],
    ...rest,
  };
}

/** Kind, severity and remedies of everything that is wrong. */
const judge = (wrong: Wrong) =>
  findProblems([facts(wrong)], (kind, error) => {
    throw new Error(kind, { cause: error });
  }).map(({ kind, severity, remedies }) => [kind, severity, ...remedies].join(' '));
const messageOf = (wrong: Wrong) => findProblems([facts(wrong)], () => undefined)[0]?.message;

const live = (fields: Parameters<typeof makeRun>[0] = {}) =>
  makeRun({
    status: 'working',
    startedAt: ago(3 * HOUR),
    claimedAt: ago(3 * HOUR),
    activeAt: NOW,
    ...fields,
  });
const running = (fields: Partial<Task> = {}) =>
  ({ status: 'running', claimLock: 'r_1', claimExpiresAt: NOW + MINUTE, ...fields }) as const;
const landing = (status: Landing['status'], at: number) =>
  ({
    status,
    strategy: 'merge',
    into: 'main',
    commit: null,
    files: ['a'],
    message: 'a clashes',
    runId: 'r_1',
    at,
    by: 'ada',
  }) as Landing;
const parent = (status: Task['status'], updatedAt: number) => ({ id: 't_p' as TaskId, status, updatedAt });
const full = {
  code: 'profile_full',
  message: 'next when Demo has a free slot (2 of 2)',
  remedy: null,
} as const;

const runsTool = {
  turnSince: ago(3 * HOUR),
  tools: [{ itemId: 't', title: 'npm test', since: ago(3 * HOUR) }],
};

describe('K16 diagnostics', () => {
  it.each<[string, Wrong, string[]]>([
    ['a run that works', { task: running(), run: live() }, []],
    [
      'running without a run',
      { task: running({ updatedAt: ago(HOUR) }) },
      ['ghost_running critical retry archive'],
    ],
    [
      'a claim nobody took back',
      { task: running({ claimExpiresAt: ago(2 * MINUTE) }), run: live() },
      ['ghost_running critical stop_run retry'],
    ],
    ['a claim that is just over', { task: running({ claimExpiresAt: ago(MINUTE) }), run: live() }, []],
    [
      'A9: a silent run',
      { task: running(), run: live({ activeAt: ago(10 * MINUTE) }) },
      ['silent_run warning interrupt stop_run retry'],
    ],
    ['A9: a run silent for less', { task: running(), run: live({ activeAt: ago(10 * MINUTE - 1) }) }, []],
    [
      'A9: a tool call that runs',
      { task: running(), run: live({ activeAt: ago(2 * HOUR - 1), progress: runsTool }) },
      [],
    ],
    [
      'A9: a tool call that runs for hours',
      { task: running(), run: live({ activeAt: ago(2 * HOUR), progress: runsTool }) },
      ['silent_run warning interrupt stop_run retry'],
    ],
    [
      'A9: an agent that was interrupted and told nothing more',
      {
        task: running(),
        run: live({ activeAt: ago(10 * MINUTE), progress: { turnSince: null, tools: [] } }),
      },
      ['silent_run warning stop_run retry'],
    ],
    [
      'a run that never said anything, though its host lives',
      { task: running(), run: live({ activeAt: null, heartbeatAt: NOW, startedAt: ago(21 * MINUTE) }) },
      ['silent_run warning interrupt stop_run retry'],
    ],
    [
      'a silent run that waits for an answer',
      { task: running(), run: live({ activeAt: ago(20 * MINUTE) }), pendingSince: ago(15 * MINUTE) },
      ['approval_waiting warning open_approvals stop_run'],
    ],
    [
      'an approval of two hours',
      { task: running(), run: live(), pendingSince: ago(2 * HOUR) },
      ['approval_waiting error open_approvals stop_run'],
    ],
    ['a young approval', { task: running(), run: live(), pendingSince: ago(14 * MINUTE) }, []],
    ['one failure', { task: { failureCount: 1, lastFailure: 'boom' } }, []],
    [
      'two failures',
      { task: { failureCount: 2, lastFailure: 'boom' } },
      ['repeated_failures warning reassign archive'],
    ],
    [
      'two failures and at it again',
      { task: running({ failureCount: 2 }), run: live() },
      ['repeated_failures warning stop_run'],
    ],
    [
      'given up',
      { task: { status: 'blocked', blockKind: 'failures', failureCount: 3, updatedAt: ago(48 * HOUR) } },
      ['repeated_failures error retry reassign archive'],
    ],
    [
      'ready for half an hour',
      { readySince: ago(30 * MINUTE) },
      ['stranded_in_ready warning reassign archive'],
    ],
    ['ready for an hour', { readySince: ago(HOUR) }, ['stranded_in_ready error reassign archive']],
    ['ready for three hours', { readySince: ago(3 * HOUR) }, ['stranded_in_ready critical reassign archive']],
    ['ready for less', { readySince: ago(29 * MINUTE) }, []],
    ['ready with nobody to do it', { task: { assignee: null }, readySince: ago(3 * HOUR) }, []],
    ['backing off', { task: { retryAt: NOW + MINUTE }, readySince: ago(HOUR) }, []],
    ['in a queue for an hour', { readySince: ago(HOUR), waiting: full }, []],
    [
      'in a queue for three hours',
      { readySince: ago(3 * HOUR), waiting: full },
      ['stranded_in_ready warning reassign archive'],
    ],
    [
      'blocked for a day',
      { task: { status: 'blocked', updatedAt: ago(24 * HOUR) } },
      ['stuck_in_blocked warning unblock reassign archive'],
    ],
    [
      'blocked for a day and talked about',
      { task: { status: 'blocked', updatedAt: ago(24 * HOUR) }, lastCommentAt: ago(HOUR) },
      [],
    ],
    [
      'in review for a day',
      { task: { status: 'review', updatedAt: ago(24 * HOUR) } },
      ['stuck_in_review warning open_changes archive'],
    ],
    ['under review by an agent', { task: { status: 'review', updatedAt: ago(24 * HOUR) }, run: live() }, []],
    [
      'a conflict of an hour',
      { task: { status: 'review', landing: landing('conflict', ago(HOUR)) } },
      ['landing_stuck error request_changes open_changes'],
    ],
    [
      'a refused landing',
      { task: { status: 'done', landing: landing('refused', ago(HOUR)) } },
      ['landing_stuck error open_changes'],
    ],
    ['a conflict put away', { task: { status: 'archived', landing: landing('conflict', ago(HOUR)) } }, []],
    ['a landing that worked', { task: { status: 'done', landing: landing('landed', ago(HOUR)) } }, []],
    [
      'held though its parent is archived',
      {
        task: { status: 'todo', isHeld: true, updatedAt: ago(2 * HOUR) },
        parents: [parent('archived', ago(HOUR))],
      },
      ['waits_for_archived warning retry archive'],
    ],
    [
      'not promoted',
      { task: { status: 'todo', updatedAt: ago(HOUR) }, parents: [parent('done', ago(MINUTE))] },
      ['waits_for_archived error retry archive'],
    ],
    [
      'waiting for an open parent',
      { task: { status: 'todo', updatedAt: ago(HOUR) }, parents: [parent('ready', ago(HOUR))] },
      [],
    ],
    ['held without parents', { task: { status: 'todo', isHeld: true, updatedAt: ago(99 * HOUR) } }, []],
    [
      'in a ring',
      { task: { status: 'todo' }, ring: ['t_0000', 't_b'] as TaskId[] },
      ['waits_for_archived critical archive'],
    ],
    [
      'stopped for its budget',
      { task: { status: 'blocked', blockKind: 'budget' } },
      ['budget_reached error raise_budget unblock archive'],
    ],
    [
      'kept from starting by a budget',
      {
        readySince: ago(3 * HOUR),
        waiting: { code: 'project_budget', message: 'the budget is spent', remedy: null },
      },
      ['budget_reached warning raise_budget archive'],
    ],
  ])('judges %s', (_, wrong, expected) => {
    expect(judge(wrong)).toEqual(expected);
  });

  it('says since when, and what to do', () => {
    const remedy = 'Start one: quarterdeck runner start';
    const waiting = { code: 'no_runner', message: 'no runner is connected', remedy } as const;
    expect(messageOf({ readySince: ago(45 * MINUTE), waiting })).toBe(
      'It has been ready for 45 minutes and alpha has not taken it: no runner is connected. Start one: quarterdeck runner start',
    );
    const lastRun = makeRun({ status: 'ended', endedAt: ago(3 * HOUR) });
    const task = { failureCount: 2, lastFailure: 'the process died\nwith a long trace' };
    expect(messageOf({ task, lastRun })).toBe(
      'It failed 2 times in a row, last 3 hours ago; one more failure and it is given up. Last: the process died',
    );
    expect(messageOf({ task: { status: 'todo' }, ring: ['t_a', 't_b'] as TaskId[] })).toContain(
      't_a waits for t_b waits for t_a',
    );
  });

  it('has a rule for every kind, and one that throws is reported and hides nothing', () => {
    expect(Object.keys(RULES).toSorted()).toEqual([...DIAGNOSTIC_KINDS].toSorted());
    const failed: string[] = [];
    const broken = () => {
      throw new Error('bug');
    };
    const wrong = facts({ task: { failureCount: 2 }, readySince: ago(3 * HOUR) });
    const rules = { ...RULES, ghost_running: broken };
    const found = findProblems([wrong], (kind) => failed.push(kind), rules);
    expect(found.map(({ kind }) => kind)).toEqual(['stranded_in_ready', 'repeated_failures']);
    expect(failed).toEqual(['ghost_running']);
  });
});
