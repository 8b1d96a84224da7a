import type { TaskId } from '@quarterdeck/contract/ids';
import { expect, it } from 'vitest';
import { findRings } from './find-ring.ts';

const link = (childId: string, parentId: string) => ({
  childId: childId as TaskId,
  parentId: parentId as TaskId,
});

it('K16 finds the tasks of a ring, and not those that only wait for it', () => {
  const links = [link('a', 'b'), link('b', 'c'), link('c', 'a'), link('x', 'a'), link('y', 'z')];
  const rings = findRings(links);
  expect([...rings.keys()].toSorted()).toEqual(['a', 'b', 'c']);
  expect(rings.get('a' as TaskId)).toEqual(['a', 'b', 'c']);
});

it('K16 finds none in ten thousand tasks that wait in one long line', () => {
  const links = Array.from({ length: 10_000 }, (_, at) => link(`t${at}`, `t${at + 1}`));
  expect(findRings(links).size).toBe(0);
});

it('K16 tells two rings apart, also where one waits for the other', () => {
  const rings = findRings([link('a', 'b'), link('b', 'a'), link('b', 'c'), link('c', 'd'), link('d', 'c')]);
  expect(rings.get('b' as TaskId)).toEqual(['b', 'a']);
  expect(rings.get('d' as TaskId)).toEqual(['d', 'c']);
});
