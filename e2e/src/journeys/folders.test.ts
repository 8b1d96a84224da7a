import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProfileInput } from '@quarterdeck/contract/profile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, waitForStatus } from '../program/board-view.ts';
import { git, makeRepository } from '../program/make-repository.ts';
import { runCli } from '../program/run-cli.ts';
import { detailOf } from '../program/run-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';

const run = promisify(execFile);

/** Writes what its task says into `greeting.txt` of the directory it is started in. */
const GREETER: ProfileInput = {
  id: 'greeter',
  name: 'Fixture greeter',
  initials: 'F',
  command: process.execPath,
  args: [join(import.meta.dirname, '../../fixtures/agents/review-agent.ts')],
};

describe('F04, F08, A13: what people add as a project', () => {
  let program: Program;
  beforeAll(async () => {
    program = await startProgram({ args: ['--no-demo'], profiles: [GREETER] });
  });
  afterAll(() => program[Symbol.asyncDispose]());

  const at = (...parts: string[]) => join(program.home, 'mine é', ...parts);
  const add = async (path: string) => {
    const added = await program.client.call('project.add', { body: { path } });
    if (!added.ok) throw new Error(added.refusal.message);
    return added.value;
  };
  const greet = async (projectId: string, words: string) => {
    const body = `say "${words}"`;
    const taskId = await createTask(program.client, { title: 'Greet', body, assignee: 'greeter', projectId });
    await waitForStatus(program.client, taskId, 'review');
    return taskId;
  };
  const patchOf = async (taskId: string) => {
    const diff = await program.client.call('task.diff', { params: { taskId } });
    return diff.ok ? diff.value.patch : diff.refusal.message;
  };
  const approve = (taskId: string) =>
    program.client.call('task.approve', { params: { taskId }, body: { land: 'merge' } });
  const read = (...parts: string[]) => readFile(at(...parts), 'utf8');

  it('a plain folder: work in a copy, its changes, copied back; then a conflict, and the way out', async () => {
    await mkdir(at('notes'), { recursive: true });
    await writeFile(at('notes/greeting.txt'), 'hello\n');
    const { project } = await add(at('notes'));
    expect(project).toMatchObject({ kind: 'folder', subfolder: null });
    const taskId = await greet(project.id, 'good day');
    expect(await read('notes/greeting.txt')).toBe('hello\n');
    expect(await patchOf(taskId)).toMatch(/-hello\n\+good day/);
    const landed = await approve(taskId);
    expect(landed.ok && landed.value.task).toMatchObject({ status: 'done', landing: { status: 'landed' } });
    expect(await read('notes/greeting.txt')).toBe('good day\n');

    const second = await greet(project.id, 'good night');
    await writeFile(at('notes/greeting.txt'), 'mine\n');
    const refused = await runCli(program, ['task', 'land', second]);
    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('greeting.txt') });
    expect(await read('notes/greeting.txt')).toBe('mine\n');
    const back = await runCli(program, [
      'task',
      'changes',
      second,
      '--at',
      'greeting.txt:1 say "good evening"',
    ]);
    expect(back.code).toBe(0);
    await waitForStatus(program.client, second, 'review');
    expect(await patchOf(second)).toMatch(/-mine\n\+good evening/);
    expect((await approve(second)).ok).toBe(true);
    expect(await read('notes/greeting.txt')).toBe('good evening\n');
  });

  it('a folder in place: the changes are there, are shown, and need no landing', async () => {
    await mkdir(at('place'), { recursive: true });
    await writeFile(at('place/greeting.txt'), 'hello\n');
    const { project } = await add(at('place'));
    const set = await runCli(program, ['project', 'set', project.id, '--workspace', 'dir']);
    expect(set.code).toBe(0);
    const taskId = await greet(project.id, 'good day');
    expect(await read('place/greeting.txt')).toBe('good day\n');
    expect(await patchOf(taskId)).toMatch(/-hello\n\+good day/);
    const refused = await runCli(program, ['task', 'land', taskId]);
    expect(refused.stderr).toContain('there already');
  });

  it('a folder of a repository: a worktree, started there, landed in the repository', async () => {
    await makeRepository(at('mono'), { 'README.md': 'all\n', 'pkg/a/greeting.txt': 'hello\n' });
    const { project, notes } = await add(at('mono/pkg/a'));
    expect(project).toMatchObject({ kind: 'git', subfolder: 'pkg/a', path: at('mono/pkg/a') });
    expect(notes.join()).toContain('pkg/a');
    const taskId = await greet(project.id, 'good day');
    expect(await patchOf(taskId)).toContain('b/pkg/a/greeting.txt');
    expect((await approve(taskId)).ok).toBe(true);
    expect(await read('mono/pkg/a/greeting.txt')).toBe('good day\n');
  });

  it('a bare repository: landing moves its branch', async () => {
    await makeRepository(at('seed'), { 'greeting.txt': 'hello\n' });
    await run('git', ['clone', '-q', '--bare', at('seed'), at('bare.git')]);
    const { project } = await add(at('bare.git'));
    expect(project).toMatchObject({ kind: 'git', baseBranch: 'main' });
    const taskId = await greet(project.id, 'good day');
    expect((await approve(taskId)).ok).toBe(true);
    expect(await git(at('bare.git'), 'show', 'main:greeting.txt')).toBe('good day\n');
  });

  it('a repository with a submodule: its files are there', async () => {
    await makeRepository(at('lib'), { 'lib.txt': 'lib\n' });
    await makeRepository(at('all'), { 'greeting.txt': 'hello\n' });
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
    await git(at('all'), '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', at('lib'), 'lib');
    await git(at('all'), ...identity, 'commit', '-q', '-m', 'Add lib');
    const { project } = await add(at('all'));
    const taskId = await greet(project.id, 'good day');
    const [attempt] = (await detailOf(program.client, taskId)).runs;
    expect(await readFile(join(attempt?.workspacePath ?? '', 'lib/lib.txt'), 'utf8')).toBe('lib\n');
  });

  it('A17: a repository without commits is refused at the door, with the command that helps', async () => {
    await mkdir(at('empty'), { recursive: true });
    await git(at('empty'), 'init', '-q', '-b', 'main');
    const refused = await runCli(program, ['project', 'add', at('empty')]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('commit --allow-empty') });
  });
});
