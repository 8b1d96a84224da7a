import { makeRunner } from '@quarterdeck/testkit/factories/make-runner';
import { okValue, openTestBoard, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import { describe, expect, it } from 'vitest';
import { MEMORY_SAVE_MS, noteMemory } from '../../fleet/index.ts';
import { claimReadyTasks } from './claim-ready-tasks.ts';
import { explainTask } from './explain-tasks.ts';

const MIB = 1024 * 1024;
const memory = (availableMib: number) => ({ totalBytes: 4096 * MIB, availableBytes: availableMib * MIB });
const { id: runnerId } = makeRunner();
const note = (board: TestBoard, availableMib: number, last: Awaited<ReturnType<typeof noteMemory>> = null) =>
  noteMemory(board, { runnerId, memory: memory(availableMib), last });
const claim = async (board: TestBoard) => okValue(await claimReadyTasks(board, 9)).length;

describe.each(TEST_DATABASES)('K16 memory of a machine on %s', (database) => {
  it('that runs out keeps new runs away, and says so', async () => {
    await using board = await openTestBoard(database);
    const task = await board.add();
    await note(board, 400);
    expect(await claim(board)).toBe(0);
    const reasons = await board.db.read((ports) => explainTask(ports, task, board.clock.now()));
    expect(reasons).toMatchObject([{ code: 'low_memory', message: expect.stringContaining('400 MiB') }]);
    board.clock.advance(MEMORY_SAVE_MS);
    await note(board, 3000);
    expect(await claim(board)).toBe(1);
  });

  it('that runs low lets one new run start for each time it is read', async () => {
    await using board = await openTestBoard(database);
    for (let index = 0; index < 3; index += 1) await board.add({ assignee: 'beta' });
    await note(board, 800);
    board.clock.advance(1);
    expect([await claim(board), await claim(board)]).toEqual([1, 0]);
    board.clock.advance(MEMORY_SAVE_MS);
    await note(board, 800);
    board.clock.advance(1);
    expect([await claim(board), await claim(board)]).toEqual([1, 0]);
  });
});

describe('K16 readings of memory', () => {
  it('are written down when ten seconds are over or the level changes', async () => {
    await using board = await openTestBoard('sqlite');
    const stored = async () => {
      const runner = await board.db.read((ports) => ports.runners.find(runnerId));
      return Math.round((runner?.memory?.availableBytes ?? 0) / MIB);
    };
    const first = await note(board, 3000);
    board.clock.advance(MEMORY_SAVE_MS - 1);
    const second = await note(board, 2900, first);
    expect([await stored(), second]).toEqual([3000, first]);
    const third = await note(board, 900, second);
    expect(await stored()).toBe(900);
    board.clock.advance(MEMORY_SAVE_MS);
    await note(board, 850, third);
    expect(await stored()).toBe(850);
    expect(await noteMemory(board, { runnerId, memory: null, last: third })).toBe(third);
  });
});
