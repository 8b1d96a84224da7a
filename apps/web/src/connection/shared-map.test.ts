import { expect, it } from 'vitest';
import { sharedMap } from './shared-map.ts';

it('holds what a Map would hold, and leaves the map it was made from as it was', () => {
  const entries = Array.from({ length: 1000 }, (_, number) => [`t_${number.toString(16)}`, number] as const);
  const before = sharedMap(entries);
  const after = before.with(
    new Map([
      ['t_1f', -1],
      ['t_new', -2],
    ]),
  );
  expect(before.size).toBe(1000);
  expect([...before.values()].toSorted((left, right) => left - right)).toEqual(
    entries.map(([, value]) => value),
  );
  expect([before.get('t_1f'), before.get('t_new'), before.get('')]).toEqual([31, undefined, undefined]);
  expect([after.get('t_1f'), after.get('t_new'), after.get('t_20')]).toEqual([-1, -2, 32]);
  expect([after.size, [...after.values()].length]).toEqual([1001, 1001]);
});
