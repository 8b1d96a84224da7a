import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import type { TaskCard, TaskDetail } from '@quarterdeck/contract/task';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transcriptOfRun } from '../program/board-view.ts';
import { git, makeRepository } from '../program/make-repository.ts';
import { runCli } from '../program/run-cli.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

const profile = (id: string, file: string): ProfileInput => ({
  id,
  name: `Fixture ${id}`,
  initials: 'F',
  command: process.execPath,
  args: [join(import.meta.dirname, '../../fixtures/agents', file)],
});

describe('K22 K16 work that an agent reviews', () => {
  let program: Program;
  let repository: string;
  beforeAll(async () => {
    const profiles = [profile('author', 'review-agent.ts'), profile('critic', 'critic-agent.ts')];
    program = await startProgram({ args: ['--no-demo'], profiles });
    repository = await makeRepository(join(program.home, 'repo'), { 'greeting.txt': 'hello\n' });
    const added = await program.client.call('project.add', { body: { path: repository, name: 'Repo' } });
    if (!added.ok) throw new Error(added.refusal.message);
  });
  afterAll(() => program[Symbol.asyncDispose]());

  const verdictOf = (taskId: string, decision: string): Promise<TaskDetail> =>
    waitUntil(
      `${taskId} to be ${decision}`,
      async () => {
        const detail = await detailOf(program.client, taskId);
        return detail.task.status === 'review' && detail.task.verdict?.decision === decision && detail;
      },
      { timeoutMs: 90_000 },
    );

  it('goes back to its author, is approved, and lands when a person says so', {
    timeout: 120_000,
  }, async () => {
    const made = await runCli(program, [
      ...['task', 'create', 'Greet', '--body', 'say "good morning"', '--project', 'Repo'],
      ...['--assignee', 'author', '--reviewer', 'critic', '--json'],
    ]);
    const { task } = JSON.parse(made.stdout) as { task: TaskCard };
    const taskId = task.id;
    const { runs, comments, task: approved } = await verdictOf(taskId, 'approved');
    expect(runs.map(({ purpose, profile: by, outcome }) => `${purpose} ${by} ${outcome}`)).toEqual([
      'work author review_requested',
      'review critic changes_requested',
      'work author review_requested',
      'review critic approved',
    ]);
    expect(new Set(runs.map(({ workspacePath }) => workspacePath)).size).toBe(1);
    expect(approved).toMatchObject({ result: 'It says good evening.', verdict: { by: 'critic' } });
    const said = comments.map(({ author, body }) => `${author}: ${body}`);
    expect(said[0]).toContain('critic: **Changes requested**');
    expect(said[0]).toContain('`greeting.txt:1`');
    expect(said.filter((each) => each.includes('set aside'))).toHaveLength(2);
    const items = await transcriptOfRun(program.client, runs[2]);
    expect(items.find((item) => item.kind === 'message')).toMatchObject({ text: 'I remember what I did.' });
    expect(await readFile(join(repository, 'greeting.txt'), 'utf8')).toBe('hello\n');

    const shown = await runCli(program, ['task', 'show', taskId]);
    expect(shown.stdout).toContain('approved by critic');
    const landed = await runCli(program, ['task', 'approve', taskId, '--merge']);
    expect(landed.code).toBe(0);
    expect(await readFile(join(repository, 'greeting.txt'), 'utf8')).toBe('good evening\n');
    expect(await git(repository, 'ls-files')).toBe('greeting.txt\n');

    const again = await runCli(program, ['task', 'review', taskId, '--by', 'critic']);
    expect(again.code).toBe(5);
    const asked = await runCli(program, ['task', 'comment', taskId, 'What did you check, @critic?']);
    expect(asked.stdout).toMatch(/critic.*t_/);
  });
});
