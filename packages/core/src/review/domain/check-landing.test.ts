import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { checkLanding } from './check-landing.ts';

const task = makeTask({ status: 'review', workspaceKind: 'worktree', branch: 'qd/t_0000' });
const run = makeRun({ id: 'r_0001', status: 'ended', outcome: 'review_requested' });
const facts = { task, runs: [run], seen: {} };

describe('K22 what can be landed', () => {
  it.each([
    ['work in review', facts],
    ['work that is done', { ...facts, task: { ...task, status: 'done' } }],
    ['what the reviewer saw', { ...facts, seen: { runId: 'r_0001' } }],
  ] as const)('%s', (_, given) => {
    expect(checkLanding(given)).toEqual({ ok: true, value: { branch: 'qd/t_0000', attempt: run } });
  });

  it('F04: work in a copy, which has no branch', () => {
    const attempt = { ...run, headCommit: 'a1' };
    const copy = { ...task, workspaceKind: 'copy', branch: null } as const;
    expect(checkLanding({ task: copy, runs: [attempt], seen: {} })).toEqual({
      ok: true,
      value: { branch: '', attempt },
    });
  });

  it.each([
    ['ready', { ...facts, task: { ...task, status: 'ready' } }, 'it is ready'],
    ['running', { ...facts, task: { ...task, status: 'running' } }, 'it is running'],
    [
      'F04: what was made in place, which is there already',
      { ...facts, task: { ...task, workspaceKind: 'dir' } },
      'in place, in /srv/space, so its changes are there already',
    ],
    [
      'F04: a folder of its own, which is nowhere else',
      { ...facts, task: { ...task, workspaceKind: 'scratch', branch: null } },
      'Take what you need from /srv/space',
    ],
    [
      'F04: a copy of which nothing was kept',
      { ...facts, task: { ...task, workspaceKind: 'copy', branch: null } },
      'nothing that was kept',
    ],
    ['no branch', { ...facts, task: { ...task, branch: null } }, 'nothing to land'],
    ['no attempt', { ...facts, runs: [] }, 'no agent has worked on it'],
    ['an agent that is being stopped', { ...facts, runs: [{ ...run, status: 'stopping' }] }, 'being stopped'],
    ['an older attempt', { ...facts, seen: { runId: 'r_0000' } }, 'newer attempt'],
  ] as const)('not %s', (_, given, because) => {
    const checked = checkLanding(given);
    expect(checked.ok).toBe(false);
    expect(checked.ok || checked.refusal.message).toContain(because);
  });
});
