import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, waitForStatus } from '../program/board-view.ts';
import { git, makeRepository } from '../program/make-repository.ts';
import { runCli } from '../program/run-cli.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

const FILES: ProfileInput = {
  id: 'files',
  name: 'Fixture files',
  initials: 'F',
  command: process.execPath,
  args: [join(import.meta.dirname, '../../fixtures/agents/file-agent.ts')],
};

describe('K21: the files of a task', () => {
  let program: Program;
  let repository: string;
  let taskId: string;
  const cli = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(program, args);
    return { code, text: stdout + stderr };
  };
  beforeAll(async () => {
    program = await startProgram({ args: ['--no-demo'], profiles: [FILES] });
    repository = await makeRepository(join(program.home, 'repo'), { 'greeting.txt': 'hello\n' });
    const added = await program.client.call('project.add', { body: { path: repository } });
    if (!added.ok) throw new Error(added.refusal.message);
    const projectId = added.value.project.id;
    taskId = await createTask(program.client, {
      title: 'Shout',
      assignee: 'files',
      projectId,
      isHeld: true,
    });
  });
  afterAll(() => program[Symbol.asyncDispose]());

  it('reach the agent before it starts, and what it attaches reaches people', async () => {
    await writeFile(join(program.home, 'a plan.txt'), 'quiet plan\n');
    const attached = await cli('task', 'attach', taskId, join(program.home, 'a plan.txt'));
    expect(attached).toMatchObject({ code: 0, text: expect.stringContaining('a plan.txt') });
    await cli('task', 'move', taskId, 'ready');
    const card = await waitForStatus(program.client, taskId, 'done');
    expect(card.result).toBe('Done; the rest is refused.');
    expect(card.attachmentCount).toBe(3);
    const { attachments, runs } = await detailOf(program.client, taskId);
    expect(attachments.map(({ name, createdBy }) => `${name} ${createdBy}`)).toEqual([
      expect.stringMatching(/^a plan\.txt /),
      'loud.txt files',
      'notes.md files',
    ]);
    expect(attachments[1]?.runId).toBe(runs[0]?.id);
    const out = join(program.home, 'loud.txt');
    expect((await cli('attachment', 'get', String(attachments[1]?.id), '-o', out)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe('QUIET PLAN\n');
    expect((await cli('task', 'attachments', taskId)).text).toContain('notes.md');
  });

  it('are no part of the work', async () => {
    const changed = await git(repository, 'diff', '--name-only', 'main', `qd/${taskId}`);
    expect(changed.trim()).toBe('loud.txt');
  });

  it('stay when the task is archived, whose workspace goes unless work would be lost', async () => {
    const { runs } = await detailOf(program.client, taskId);
    const workspace = String(runs[0]?.workspacePath);
    expect(runs[0]?.diskBytes).toBeGreaterThan(0);
    expect((await cli('workspace', 'list')).text).toMatch(new RegExp(`${taskId}.*Shout[\\s\\S]*1 workspace`));
    await writeFile(join(workspace, 'unsaved.txt'), 'x');
    const kept = await cli('workspace', 'remove', taskId);
    expect(kept).toMatchObject({ code: 5, text: expect.stringContaining('it has uncommitted work') });
    expect(existsSync(workspace)).toBe(true);
    await rm(join(workspace, 'unsaved.txt'));
    await cli('task', 'move', taskId, 'archived');
    await waitUntil('the workspace to go', () => !existsSync(workspace));
    await waitUntil('the list to say so', async () =>
      (await cli('workspace', 'list')).text.includes('There are no workspaces.'),
    );
    const { attachments } = await detailOf(program.client, taskId);
    expect(attachments).toHaveLength(3);
    const diff = await program.client.call('task.diff', { params: { taskId } });
    expect(diff.ok && diff.value.patch).toContain('QUIET PLAN');
    expect((await cli('attachment', 'remove', String(attachments[0]?.id))).code).toBe(0);
    expect((await detailOf(program.client, taskId)).attachments).toHaveLength(2);
  });
});
