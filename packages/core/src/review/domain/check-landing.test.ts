import { makeProject } from '@quarterdeck/testkit/factories/make-project';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { makeTask } from '@quarterdeck/testkit/factories/make-task';
import { describe, expect, it } from 'vitest';
import { checkLanding } from './check-landing.ts';

const task = makeTask({ status: 'review', workspaceKind: 'worktree', branch: 'qd/t_0000' });
const project = makeProject({ kind: 'git' });
const run = makeRun({ id: 'r_0001', status: 'ended', outcome: 'review_requested' });
const facts = { task, project, runs: [run], seen: {} };

describe('K22 what can be landed', () => {
  it.each([
    ['work in review', facts],
    ['work that is done', { ...facts, task: { ...task, status: 'done' } }],
    ['what the reviewer saw', { ...facts, seen: { runId: 'r_0001' } }],
  ] as const)('%s', (_, given) => {
    expect(checkLanding(given)).toEqual({ ok: true, value: { branch: 'qd/t_0000', attempt: run } });
  });

  it.each([
    ['ready', { ...facts, task: { ...task, status: 'ready' } }, 'it is ready'],
    ['running', { ...facts, task: { ...task, status: 'running' } }, 'it is running'],
    ['a folder without git', { ...facts, project: { kind: 'folder' } }, 'without git'],
    ['a scratch folder', { ...facts, task: { ...task, workspaceKind: 'scratch' } }, 'scratch'],
    ['no branch', { ...facts, task: { ...task, branch: null } }, 'no branch'],
    ['no attempt', { ...facts, runs: [] }, 'no agent has worked on it'],
    ['an agent that is being stopped', { ...facts, runs: [{ ...run, status: 'stopping' }] }, 'being stopped'],
    ['an older attempt', { ...facts, seen: { runId: 'r_0000' } }, 'newer attempt'],
  ] as const)('not %s', (_, given, because) => {
    const checked = checkLanding(given);
    expect(checked.ok).toBe(false);
    expect(checked.ok || checked.refusal.message).toContain(because);
  });
});
