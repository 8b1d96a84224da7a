import type { TaskCreate } from '@quarterdeck/contract/task';
import { makeProject } from '@quarterdeck/testkit/factories/make-project';
import {
  codeOf,
  okValue,
  openTestBoard,
  type TestBoard,
} from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { createTask } from './create-task.ts';
import { linkTasks } from './link-tasks.ts';
import { updateTask } from './update-task.ts';

const create = (board: TestBoard, task: TaskCreate) => createTask(board, { task, actor: 'ada' });

describe.each(TEST_DATABASES)('K3 creating a task on %s', (database) => {
  it('takes another id when the one it drew is taken', async () => {
    await using board = await openTestBoard(database);
    const first = okValue(await create(board, { title: 'First' }));
    const drawn = [first.id, first.id];
    const ids = { next: (prefix: string) => drawn.pop() ?? board.ids.next(prefix) };
    const second = okValue(await createTask({ ...board, ids }, { task: { title: 'Second' }, actor: 'ada' }));
    expect(second.id).not.toBe(first.id);
    expect((await board.task(first.id)).title).toBe('First');
  });

  it('fills in what was left open, and says so in one event', async () => {
    await using board = await openTestBoard(database);
    const task = okValue(await create(board, { title: '  Mend the door ' }));
    expect(task).toMatchObject({
      title: 'Mend the door',
      status: 'ready',
      assignee: null,
      priority: 0,
      workspaceKind: 'scratch',
      createdBy: 'ada',
      projectId: 'p_general',
    });
    expect(await board.task(task.id)).toEqual(task);
    expect(board.events).toMatchObject([{ kind: 'task.created', actor: 'ada', payload: { task } }]);
  });

  it('todo while a parent is open, ready when all are done, triage before either', async () => {
    await using board = await openTestBoard(database);
    const open = await board.add();
    const done = await board.add();
    await updateTask(board, { taskId: done.id, patch: { status: 'done' }, actor: 'ada' });
    expect(await board.add({ parents: [open.id, done.id, open.id] })).toMatchObject({ status: 'todo' });
    expect(await board.add({ parents: [done.id] })).toMatchObject({ status: 'ready' });
    expect(await board.add({ parents: [open.id], triage: true })).toMatchObject({ status: 'triage' });
    expect(await board.db.read((ports) => ports.links.all())).toHaveLength(4);
    const scheduledAt = board.clock.now() + 1;
    expect(await board.add({ scheduledAt })).toMatchObject({ status: 'scheduled', scheduledAt });
  });

  it('the same idempotency key gives the same task and one event, also when requests race', async () => {
    await using board = await openTestBoard(database);
    const other = await board.openServer();
    const servers = [board, { ...board, db: other }];
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        create(servers[index % 2] as TestBoard, { title: `Try ${index}`, idempotencyKey: 'once' }),
      ),
    );
    expect(board.takeKinds()).toEqual(['task.created']);
    const [first, ...others] = made.map(okValue);
    expect(others).toEqual(others.map(() => first));
    expect(okValue(await create(board, { title: 'Later', idempotencyKey: 'once' }))).toEqual(first);
    expect(board.takeKinds()).toEqual([]);
  });
});

describe('K3 creating a task', () => {
  it.each([
    [{ title: '   ' }, 'title_empty'],
    [{ title: 'x', parents: ['t_gone'] }, 'parent_unknown'],
    [{ title: 'x', projectId: 'p_gone' }, 'project_not_found'],
    [{ title: 'x', workspaceKind: 'dir' }, 'workspace_path_required'],
    [{ title: 'x', workspaceKind: 'dir', workspacePath: 'a/b' }, 'workspace_path_not_absolute'],
    [{ title: 'x', workspaceKind: 'copy' }, 'workspace_kind_unfit'],
  ] as const)('%j is refused as %s and changes nothing', async (task, code) => {
    await using board = await openTestBoard('sqlite');
    expect(codeOf(await create(board, task as TaskCreate))).toBe(code);
    expect(board.events).toEqual([]);
    expect(await board.db.read((ports) => ports.tasks.list({ includeArchived: true }))).toEqual([]);
  });

  it('takes the agent and the kind of workspace from its project', async () => {
    await using board = await openTestBoard('sqlite');
    const project = makeProject({ id: 'p_repo', kind: 'git', defaultProfile: 'beta' });
    await change(board.db, (ports) => ports.projects.insert(project));
    const { id: projectId } = project;
    const task = okValue(await create(board, { title: 'x', projectId }));
    expect(task).toMatchObject({ assignee: 'beta', workspaceKind: 'worktree' });
    const own = okValue(
      await create(board, { title: 'x', projectId, assignee: '', workspaceKind: 'scratch' }),
    );
    expect(own).toMatchObject({ assignee: null, workspaceKind: 'scratch' });
  });

  it.each([
    ['a folder', { kind: 'folder' }, {}, 'copy'],
    ['a folder that is worked in in place', { kind: 'folder', workspaceKind: 'dir' }, {}, 'dir'],
    ['a folder, for a task that asks for it', { kind: 'folder' }, { workspaceKind: 'dir' }, 'dir'],
    ['a folder, for a task that wants a branch', { kind: 'folder' }, { workspaceKind: 'worktree' }, null],
    ['a repository', { kind: 'git' }, {}, 'worktree'],
    ['a repository that is worked in in place', { kind: 'git', workspaceKind: 'dir' }, {}, 'dir'],
    ['a repository, for a task that wants a copy', { kind: 'git' }, { workspaceKind: 'copy' }, null],
  ] as const)('F04: works in %s', async (_name, fields, wanted, expected) => {
    await using board = await openTestBoard('sqlite');
    const project = makeProject({ id: 'p_own', ...fields });
    await change(board.db, (ports) => ports.projects.insert(project));
    const created = await create(board, { title: 'x', projectId: project.id, ...wanted });
    if (expected === null) expect(codeOf(created)).toBe('workspace_kind_unfit');
    else expect(okValue(created)).toMatchObject({ workspaceKind: expected, workspacePath: null });
  });

  it('holds a task that asks for it, until a person moves it or it is told what to wait for', async () => {
    await using board = await openTestBoard('sqlite');
    const parent = await board.add();
    const held = await board.add({ isHeld: true });
    expect(held).toMatchObject({ status: 'todo', isHeld: true });
    okValue(await linkTasks(board, { parentId: parent.id, childId: held.id, actor: 'ada' }));
    expect(await board.task(held.id)).toMatchObject({ status: 'todo', isHeld: false });
    okValue(await updateTask(board, { taskId: parent.id, patch: { status: 'done' }, actor: 'ada' }));
    expect(await board.task(held.id)).toMatchObject({ status: 'ready' });
  });
});
