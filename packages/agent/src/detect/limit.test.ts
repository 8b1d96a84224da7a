import { expect, it } from 'vitest';
import { limit } from './limit.ts';

it('lets in as many as it says, the others in their order, also after a failure', async () => {
  const inTurn = limit(2);
  const doors = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const entered: number[] = [];
  const works = doors.map((door, index) =>
    inTurn(() => {
      entered.push(index);
      return door.promise;
    }),
  );
  const ends = Promise.allSettled(works);
  expect(entered).toEqual([0, 1]);
  doors[1]?.reject(new Error('no'));
  await expect.poll(() => entered).toEqual([0, 1, 2]);
  doors[0]?.resolve();
  await expect.poll(() => entered).toEqual([0, 1, 2, 3]);
  doors[2]?.resolve();
  doors[3]?.resolve();
  expect((await ends).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});
