import { randomUUID } from 'node:crypto';
import { ProjectId, RunId, TaskId } from '@quarterdeck/contract/ids';
import { describe, expect, it } from 'vitest';
import { createIds } from './create-ids.ts';

describe('ids', () => {
  it('fit the contract and are all different', () => {
    const ids = createIds({ clock: { now: () => 1_795_233_569_757 }, uuid: randomUUID });
    expect(TaskId.parse(ids.next('t'))).toHaveLength(10);
    expect(ProjectId.parse(ids.next('p'))).toHaveLength(14);
    const made = Array.from({ length: 10_000 }, () => RunId.parse(ids.next('r')));
    expect(new Set(made).size).toBe(made.length);
  });

  it('made later sort later, in any second until the year 4453', () => {
    const seconds = [0, 1, 1_795_233_569, 1_795_233_570, 2_176_782_335, 2_176_782_336, 78_364_164_095];
    const made = seconds.map((second) =>
      createIds({ clock: { now: () => second * 1000 + 999 }, uuid: randomUUID }).next('r'),
    );
    expect(made.toSorted()).toEqual(made);
  });
});
