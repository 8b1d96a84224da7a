import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, waitForStatus } from '../program/board-view.ts';
import { git, makeRepository } from '../program/make-repository.ts';
import { runCli } from '../program/run-cli.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';

const SCAFFOLDS: ProfileInput = {
  id: 'scaffolds',
  name: 'Fixture scaffolds',
  initials: 'S',
  command: process.execPath,
  args: [join(import.meta.dirname, '../../fixtures/agents/scaffold-agent.ts')],
};

describe('work that cannot be kept as a whole', () => {
  let program: Program;
  let outside: string;
  let repository: string;
  let projectId: string;
  beforeAll(async () => {
    program = await startProgram({ args: ['--no-demo'], profiles: [SCAFFOLDS] });
    outside = await mkdtemp(join(tmpdir(), 'qd-e2e-unkept-'));
    repository = await makeRepository(join(outside, 'repo'), { 'greeting.txt': 'hello\n' });
    const added = await program.client.call('project.add', { body: { path: repository } });
    if (!added.ok) throw new Error(added.refusal.message);
    projectId = added.value.project.id;
  });
  afterAll(async () => {
    await program[Symbol.asyncDispose]();
    await rm(outside, { recursive: true, force: true });
  });

  it('F02: is not done, its child waits, and goes on when a person has mended it and kept it again', async () => {
    const give = { assignee: 'scaffolds', projectId } as const;
    const taskId = await createTask(program.client, { ...give, title: 'Site', body: 'scaffold it' });
    const child = await createTask(program.client, { ...give, title: 'Polish', parents: [taskId] });
    const blocked = await waitForStatus(program.client, taskId, 'blocked');
    expect(blocked).toMatchObject({ blockKind: 'unkept', blockReason: expect.stringContaining('site') });
    expect(blocked.blockReason).toContain(`quarterdeck task keep ${taskId}`);
    await waitForStatus(program.client, child, 'todo');
    const problems = await runCli(program, ['diagnostics']);
    expect(problems.stdout).toContain(`task keep ${taskId}`);

    const [run] = (await detailOf(program.client, taskId)).runs;
    const committed = await git(repository, 'ls-tree', '-r', '--name-only', String(run?.headCommit));
    expect(committed.split('\n')).toContain('greeting.txt');
    expect(committed).not.toContain('site');
    const refused = await runCli(program, ['task', 'keep', taskId]);
    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('site') });

    await rm(join(String(run?.workspacePath), 'site', '.git'), { recursive: true });
    const kept = await runCli(program, ['task', 'keep', taskId]);
    expect(kept.stderr).toBe('');
    expect((await waitForStatus(program.client, taskId, 'done')).result).toBe('The site stands.');
    await waitForStatus(program.client, child, 'done');
    expect((await runCli(program, ['diagnostics'])).stdout).not.toContain(taskId);
  });

  it('S2: lands exactly what was shown, and nothing when the branch has moved since', async () => {
    const taskId = await createTask(program.client, {
      ...{ assignee: 'scaffolds', projectId, title: 'Greet', body: 'say it' },
    });
    await waitForStatus(program.client, taskId, 'done');
    const shown = await program.client.call('task.diff', { params: { taskId } });
    if (!shown.ok) throw new Error(shown.refusal.message);
    const { base, head, patch } = shown.value;
    expect(patch).toContain('+ahoy');
    const before = await git(repository, 'rev-parse', 'main');
    // Somebody adds a commit to the branch behind everybody's back.
    const tree = (await git(repository, 'rev-parse', `${head}^{tree}`)).trim();
    const extra = (await git(repository, 'commit-tree', tree, '-p', String(head), '-m', 'extra')).trim();
    await git(repository, 'update-ref', `refs/heads/qd/${taskId}`, extra);
    for (const seen of [[], ['--seen', `${base}..${head}`]]) {
      const refused = await runCli(program, ['task', 'land', taskId, ...seen]);
      expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('not as you saw it') });
      expect(await git(repository, 'rev-parse', 'main')).toBe(before);
    }
    await git(repository, 'update-ref', `refs/heads/qd/${taskId}`, String(head));
    const wrongBase = await runCli(program, ['task', 'land', taskId, '--seen', `${head}..${head}`]);
    expect(wrongBase.stderr).toContain('not as you saw it');
    expect((await runCli(program, ['task', 'land', taskId, '--seen', `${base}..${head}`])).code).toBe(0);
    const { task } = await detailOf(program.client, taskId);
    expect(task.landing).toMatchObject({ status: 'landed', base, head });
  });
});
