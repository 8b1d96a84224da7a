import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import type { TaskCard } from '@quarterdeck/contract/task';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, transcriptOf, waitForStatus } from '../program/board-view.ts';
import { git, makeRepository } from '../program/make-repository.ts';
import { runCli } from '../program/run-cli.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';

const REVIEWED: ProfileInput = {
  id: 'reviewed',
  name: 'Fixture reviewed',
  initials: 'F',
  command: process.execPath,
  args: [join(import.meta.dirname, '../../fixtures/agents/review-agent.ts')],
};

describe('work under review', () => {
  let program: Program;
  let repository: string;
  let projectId: string;
  beforeAll(async () => {
    program = await startProgram({ args: ['--no-demo'], profiles: [REVIEWED] });
    repository = await makeRepository(join(program.home, 'repo'), { 'greeting.txt': 'hello\n' });
    const added = await program.client.call('project.add', { body: { path: repository } });
    if (!added.ok) throw new Error(added.refusal.message);
    projectId = added.value.project.id;
  });
  afterAll(() => program[Symbol.asyncDispose]());

  const give = (body: string) =>
    createTask(program.client, { title: 'Greet', body, assignee: 'reviewed', projectId });
  const inReview = (taskId: string): Promise<TaskCard> => waitForStatus(program.client, taskId, 'review');
  const greeting = () => readFile(join(repository, 'greeting.txt'), 'utf8');
  const approve = (taskId: string, runId?: string) =>
    program.client.call('task.approve', {
      params: { taskId },
      body: { land: 'merge', runId: runId ?? null },
    });

  it('goes back to its agent with a remark on a line, in the same session, and lands when approved', async () => {
    const taskId = await give('say "good morning"');
    await inReview(taskId);
    const [first] = (await detailOf(program.client, taskId)).runs;
    const back = await runCli(program, [
      'task',
      'changes',
      taskId,
      '--at',
      'greeting.txt:1 say "good evening"',
    ]);
    expect(back.code).toBe(0);
    const card = await inReview(taskId);
    expect(card.result).toBe('It says good evening.');
    const { runs, comments } = await detailOf(program.client, taskId);
    expect(runs.map(({ branch, workspacePath }) => ({ branch, workspacePath }))).toEqual([
      { branch: first?.branch, workspacePath: first?.workspacePath },
      { branch: first?.branch, workspacePath: first?.workspacePath },
    ]);
    expect(comments.at(-1)?.body).toContain('`greeting.txt:1`');
    const items = await transcriptOf(program.client, taskId);
    expect(items.find((item) => item.kind === 'prompt')).toMatchObject({
      text: expect.stringContaining('say "good evening"'),
    });
    expect(items.find((item) => item.kind === 'message')).toMatchObject({ text: 'I remember what I did.' });

    const outdated = await approve(taskId, first?.id);
    expect(outdated.ok || outdated.refusal.code).toBe('review_outdated');
    expect(await greeting()).toBe('hello\n');

    const landed = await runCli(program, ['task', 'approve', taskId, '--merge', '--json']);
    expect(landed.code).toBe(0);
    const { task } = JSON.parse(landed.stdout) as { task: TaskCard };
    expect(task).toMatchObject({ status: 'done', landing: { status: 'landed', into: 'main' } });
    expect((await git(repository, 'rev-parse', 'main')).trim()).toBe(task.landing?.commit);
    expect(await greeting()).toBe('good evening\n');
    expect(await git(repository, 'status', '--porcelain')).toBe('');
    const again = await runCli(program, ['task', 'land', taskId]);
    expect(again.stdout).toContain('already in main');
  });

  it('that conflicts stays in review with the files, and lands after its agent has brought it up to date', async () => {
    const taskIds = [await give('say "ahoy"'), await give('say "moin"')] as const;
    for (const taskId of taskIds) await inReview(taskId);
    const [first, second] = taskIds;
    expect((await approve(first)).ok).toBe(true);
    const before = await git(repository, 'rev-parse', 'main');
    const conflict = await runCli(program, ['task', 'approve', second, '--squash']);
    expect(conflict.code).toBe(5);
    expect(conflict.stderr).toContain('greeting.txt');
    expect(await git(repository, 'rev-parse', 'main')).toBe(before);
    expect(await inReview(second)).toMatchObject({
      landing: { status: 'conflict', files: ['greeting.txt'], into: 'main' },
    });

    const sent = await program.client.call('task.requestChanges', {
      params: { taskId: second },
      body: { summary: 'It conflicts with main: bring your branch up to date. Still say "moin".' },
    });
    expect(sent.ok && sent.value.task.landing).toBeNull();
    expect((await inReview(second)).landing).toBeNull();
    const landed = await approve(second);
    expect(landed.ok || landed.refusal.message).toBe(true);
    expect(await greeting()).toBe('moin\n');
  });
});
