import type { RunId, TaskId } from '@quarterdeck/contract/ids';
import type { Landing } from '@quarterdeck/contract/landing';
import { ok } from '@quarterdeck/contract/result';
import { makeProject } from '@quarterdeck/testkit/factories/make-project';
import { makeRun } from '@quarterdeck/testkit/factories/make-run';
import { okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { change } from '@quarterdeck/testkit/store/change';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { commentOnTask, updateTask } from '../../board/index.ts';
import { updateProfile } from '../../fleet/index.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';

describe.each(TEST_DATABASES)('orders of one batch on %s', (database) => {
  it('each tell what came before their own task, and nothing of the others', async () => {
    await using board = await openTestBoard(database);
    const doors = await board.add({ title: 'Oil the door', assignee: '' });
    const walls = await board.add({ title: 'Fill the wall', assignee: '' });
    for (const { id } of [doors, walls]) {
      const patch = { status: 'done', result: `result of ${id}` };
      okValue(await updateTask(board, { taskId: id, patch, actor: 'ada' }));
    }
    const paint = await board.add({ title: 'Paint both', parents: [doors.id, walls.id] });
    const plain = await board.add({ title: 'Sweep the floor' });
    okValue(await commentOnTask(board, { taskId: plain.id, author: 'ben', body: 'Mind the cat.' }));
    await change(board.db, (ports) =>
      ports.runs.insertMany([
        makeRun({ id: 'r_1', taskId: plain.id, status: 'ended', outcome: 'crashed', error: 'no broom' }),
      ]),
    );

    const claims = okValue(await claimReadyTasks(board, 8));
    const orders = await board.db.read((ports) => ports.commands.pendingFor('m_test' as never));
    const promptOf = (taskId: TaskId) =>
      orders.flatMap(({ command }) =>
        command.kind === 'start' && command.order.taskId === taskId ? [command.order.prompt] : [],
      )[0] ?? '';

    expect(claims.map(({ task, run }) => [task.id, run.attempt])).toEqual([
      [paint.id, 1],
      [plain.id, 2],
    ]);
    for (const { id } of [doors, walls]) expect(promptOf(paint.id)).toContain(`result of ${id}`);
    expect(promptOf(paint.id)).not.toMatch(/cat|broom/);
    expect(promptOf(plain.id)).toContain('from ben: Mind the cat.');
    expect(promptOf(plain.id)).toContain('attempt 1 ended as crashed: no broom');
    expect(promptOf(plain.id)).not.toMatch(/result of|attempt 2/);
  });

  it('A14: name the model of the task, else what is set for its agent, and nothing else', async () => {
    await using board = await openTestBoard(database);
    const own = await board.add({ title: 'Own', model: ' large ', effort: 'high' });
    const half = await board.add({ title: 'Half', model: 'small' });
    const none = await board.add({ title: 'None' });
    const other = await board.add({ title: 'Other', assignee: 'beta' });
    const patch = { model: 'usual', effort: 'low' };
    okValue(await updateProfile(board, { profile: 'alpha', patch, actor: 'ada' }));
    const orders = async () => {
      okValue(await claimReadyTasks(board, 8));
      const pending = await board.db.read((ports) => ports.commands.pendingFor('m_test' as never));
      return pending.flatMap(({ command }) => (command.kind === 'start' ? [command.order] : []));
    };
    const first = await orders();
    const wantedOf = (id: TaskId) => {
      const order = first.find(({ taskId }) => taskId === id);
      return order && [order.model, order.effort];
    };
    expect([own, half, other].map(({ id }) => wantedOf(id))).toEqual([
      ['large', 'high'],
      ['small', 'low'],
      [null, null],
    ]);
    expect(wantedOf(none.id) ?? ['usual', 'low']).toEqual(['usual', 'low']);
  });
});

describe.each(TEST_DATABASES)('F04: the order of a task in a plain folder on %s', (database) => {
  it('names the last commits of parents that have not landed, and no others', async () => {
    await using board = await openTestBoard(database);
    const project = makeProject({ id: 'p_notes', path: '/srv/notes' });
    await change(board.db, (ports) => ports.projects.insert(project));
    const place = { projectId: project.id };
    const [open, landed, other] = [
      await board.add({ title: 'Open', assignee: '', ...place }),
      await board.add({ title: 'Landed', assignee: '', ...place }),
      await board.add({ title: 'Elsewhere', assignee: '' }),
    ];
    for (const [at, { id }] of [open, landed, other].entries()) {
      okValue(await updateTask(board, { taskId: id, patch: { status: 'done' }, actor: 'ada' }));
      const run = { taskId: id, status: 'ended', outcome: 'completed', headCommit: `head-${at}` } as const;
      await change(board.db, (ports) => ports.runs.insertMany([makeRun({ id: `r_${at}`, ...run })]));
    }
    await board.db.write(async (ports) => {
      const task = await ports.tasks.find(landed.id);
      const landing = { ...LANDED, into: project.path, runId: 'r_1' as RunId };
      if (task) await ports.tasks.save({ ...task, landing });
      return ok(null);
    });
    await board.add({ title: 'Child', parents: [open.id, landed.id, other.id], ...place });
    okValue(await claimReadyTasks(board, 8));
    const [first] = await board.db.read((ports) => ports.commands.pendingFor('m_test' as never));
    expect(first?.command.kind === 'start' && first.command.order).toMatchObject({
      project: { path: '/srv/notes', kind: 'folder', subfolder: null },
      workspace: { kind: 'copy', path: null, branch: null, startFrom: ['head-0'] },
    });
  });
});

const LANDED: Omit<Landing, 'into' | 'runId'> = {
  ...{
    status: 'landed',
    strategy: 'copy',
    commit: 'head-1',
    files: [],
    message: 'The work is there.',
  },
  ...{ at: 1, by: 'ada', base: null, head: null },
};
