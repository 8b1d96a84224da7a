import type { Board, BoardQuery } from '@quarterdeck/contract/board';
import { ok } from '@quarterdeck/contract/result';
import { describe, expect, it } from 'vitest';
import { createBoardCache } from './board-cache.ts';

const ALL: BoardQuery = { includeArchived: false };

function openCache() {
  const state = { now: 1_000, revision: 7, reads: 0, fails: false };
  const cache = createBoardCache(
    { revision: () => state.revision, clock: { now: () => state.now } },
    async () => {
      state.reads += 1;
      if (state.fails) throw new Error('the database is gone');
      const board: Board = {
        columns: [],
        links: [],
        tenants: [],
        assignees: [],
        labels: [],
        latestEventId: state.reads,
        now: state.now,
      };
      return ok(board);
    },
  );
  const cursor = async (query = ALL) => {
    const shown = await cache.show(query);
    return shown.ok ? shown.value.latestEventId : null;
  };
  return { state, cursor };
}

describe('the board is shown again', () => {
  it('while nothing was committed, also to those who ask at the same time', async () => {
    const { state, cursor } = openCache();
    expect(await Promise.all([cursor(), cursor(), cursor()])).toEqual([1, 1, 1]);
    expect(await cursor()).toBe(1);
    expect(state.reads).toBe(1);
  });

  it('but read anew after a commit', async () => {
    const { state, cursor } = openCache();
    await cursor();
    state.revision += 1;
    expect(await cursor()).toBe(2);
  });

  it('but read anew after a commit that came while it was read', async () => {
    const { state, cursor } = openCache();
    const first = cursor();
    state.revision += 1;
    expect(await cursor()).toBe(2);
    expect(await first).toBe(1);
    expect(await cursor()).toBe(2);
  });

  it('but read anew when its ages are too old to show', async () => {
    const { state, cursor } = openCache();
    await cursor();
    state.now += 5_000;
    expect(await cursor()).toBe(2);
  });

  it('only to who asks with the same filter', async () => {
    const { cursor } = openCache();
    expect(await cursor({ ...ALL, tenant: 'a' })).toBe(1);
    expect(await cursor({ ...ALL, tenant: 'b' })).toBe(2);
    expect(await cursor({ ...ALL, tenant: 'a' })).toBe(1);
  });

  it('but never when it could not be read', async () => {
    const { state, cursor } = openCache();
    state.fails = true;
    await expect(cursor()).rejects.toThrow('the database is gone');
    state.fails = false;
    expect(await cursor()).toBe(2);
  });
});
