import { codeOf, okValue, openTestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { showGraph } from './show-graph.ts';
import { updateTask } from './update-task.ts';

describe.each(TEST_DATABASES)('K20 the graph of a task on %s', (database) => {
  it('has all it waits for and all that wait for it, archived ones too, and nobody else', async () => {
    await using board = await openTestBoard(database);
    const [first, second] = [await board.add(), await board.add()];
    const middle = await board.add({ parents: [first.id, second.id] });
    const last = await board.add({ parents: [middle.id] });
    await board.add({ parents: [first.id] });
    okValue(await updateTask(board, { taskId: second.id, patch: { status: 'archived' }, actor: 'ada' }));
    const graph = okValue(await showGraph(board, { taskId: middle.id, limit: 10 }));
    const distances = Object.fromEntries(graph.nodes.map((node) => [node.id, node.distance]));
    expect(distances).toEqual({ [first.id]: -1, [second.id]: -1, [middle.id]: 0, [last.id]: 1 });
    expect(graph.links).toHaveLength(3);
    expect(graph.isCut).toBe(false);
  });

  it('is cut at the limit, the nearest first, and refuses an unknown task', async () => {
    await using board = await openTestBoard(database);
    const ids = [(await board.add()).id];
    for (let count = 0; count < 5; count += 1) ids.push((await board.add({ parents: ids.slice(-1) })).id);
    const graph = okValue(await showGraph(board, { taskId: String(ids[0]), limit: 3 }));
    expect(graph.nodes.map((node) => node.id)).toEqual(ids.slice(0, 3));
    expect(graph.links).toHaveLength(2);
    expect(graph.isCut).toBe(true);
    expect(codeOf(await showGraph(board, { taskId: 't_gone', limit: 3 }))).toBe('task_not_found');
  });
});
