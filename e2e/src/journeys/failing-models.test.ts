import { join } from 'node:path';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask } from '../program/board-view.ts';
import { runCli } from '../program/run-cli.ts';
import { detailOf, waitForEnd } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

const AGENT = join(import.meta.dirname, '../../fixtures/agents/failing-agent.ts');
const KINDS = ['says-limit', 'says-login', 'wrong-model', 'quota', 'provider'] as const;
const HOUR = 3_600_000;

const PROFILES: readonly ProfileInput[] = KINDS.map((id) => ({
  ...{ id, name: `Fixture ${id}`, initials: 'F', command: process.execPath, args: [AGENT, id] },
}));

describe.concurrent('a board whose agents cannot use their models', () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram({ args: ['--no-demo'], profiles: PROFILES });
  });
  afterAll(() => program[Symbol.asyncDispose]());

  const give = (assignee: (typeof KINDS)[number]) =>
    createTask(program.client, { title: `For ${assignee}`, assignee });

  it.each([
    ['says-login', 'sign_in_needed', 'Authentication failed with provider'],
    ['wrong-model', 'model_refused', 'The model nix-9 cannot be used'],
  ] as const)('A7 A12: %s ends in one attempt, and the card says why', async (kind, outcome, words) => {
    const taskId = await give(kind);
    const run = await waitForEnd(program.client, taskId);
    expect(run).toMatchObject({ outcome, error: expect.stringContaining(words) });
    const { task, runs } = await detailOf(program.client, taskId);
    expect(task).toMatchObject({ status: 'blocked', blockReason: expect.stringContaining(words) });
    expect(runs).toHaveLength(1);
  });

  it('A12: a provider that fails is tried again later, in the words it gave', async () => {
    const taskId = await give('provider');
    expect(await waitForEnd(program.client, taskId)).toMatchObject({ outcome: 'provider_error' });
    const { task } = await detailOf(program.client, taskId);
    expect(task).toMatchObject({
      status: 'ready',
      failureCount: 1,
      lastFailure: expect.stringContaining('The model is overloaded'),
    });
    expect(task.waiting?.code).toBe('backing_off');
  });

  it.each([
    ['says-limit', 'rate_limited', 2 * HOUR],
    ['quota', 'quota_used_up', HOUR],
  ] as const)('A8 A10 A11: %s pauses its agent, and a person ends that', async (kind, outcome, pauseMs) => {
    const taskId = await give(kind);
    const run = await waitForEnd(program.client, taskId);
    expect(run.outcome).toBe(outcome);
    const held = await waitUntil('a reason', async () => {
      const { task } = await detailOf(program.client, taskId);
      return task.waiting?.code === 'profile_paused' && task.waiting;
    });
    expect(Math.abs((held.until ?? 0) - (run.endedAt ?? 0) - pauseMs)).toBeLessThan(60_000);
    const listed = await runCli(program, ['agent', 'list']);
    expect(listed.stdout).toMatch(new RegExp(`${kind} .*limit used up`));
    expect((await runCli(program, ['agent', 'resume', kind])).code).toBe(0);
    expect((await waitForEnd(program.client, taskId, 2)).outcome).toBe(outcome);
  });
});
