import type { TaskId } from '@quarterdeck/contract/ids';
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
