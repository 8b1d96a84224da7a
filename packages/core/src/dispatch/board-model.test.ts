import { TEST_DATABASES } from '@quarterdeck/testkit/store/open-test-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReader, findFaults } from './testing/invariants.ts';
import { type Choice, OPERATIONS, type OperationName } from './testing/operations.ts';
import { openWorld } from './testing/world.ts';

interface Step extends Choice {
  readonly name: OperationName;
}

/** How often each operation comes; the rest come once. */
const WEIGHTS: Readonly<Partial<Record<OperationName, number>>> = {
  create: 6,
  link: 3,
  move: 4,
  claim: 14,
  start: 4,
  openSession: 3,
  callTool: 14,
  settle: 12,
  wait: 3,
  sweep: 2,
  wake: 2,
  resume: 3,
  endTurn: 2,
  connect: 5,
  approveAndLand: 4,
  land: 2,
  keepAgain: 5,
  sendBack: 3,
  comment: 2,
};
/** Longest sequence; they are half as long on average, and a failing one is cut down to its cause. */
const LONGEST = 160;
const ASKED = Number(process.env.QUARTERDECK_R2_OPERATIONS ?? 0);
const OPERATION_COUNT = { sqlite: ASKED || 2_000, postgres: ASKED || 200 };
const PATIENCE_MS = 3_600_000;

const names = (Object.keys(OPERATIONS) as OperationName[]).flatMap((name) =>
  Array.from({ length: WEIGHTS[name] ?? 1 }, () => name),
);
const number = fc.nat(60);
const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...names),
  a: number,
  b: number,
  c: number,
});

describe.each(TEST_DATABASES)('R2 the board on %s', (database) => {
  it('keeps its promises whatever happens on it, in whatever order', { timeout: PATIENCE_MS }, async () => {
    const steps = fc.array(step, { minLength: 1, maxLength: LONGEST, size: 'max' });
    let done = 0;
    const play = async (sequence: readonly Step[]) => {
      await using world = await openWorld(database);
      const reader = createReader();
      for (const [index, { name, ...choice }] of sequence.entries()) {
        await OPERATIONS[name](world, choice);
        done += 1;
        const faults = await findFaults(world, reader);
        expect(faults, `after ${name}, step ${index + 1}`).toEqual([]);
      }
    };
    while (done < OPERATION_COUNT[database]) {
      await fc.assert(fc.asyncProperty(steps, play), { numRuns: 5 });
    }
  });
});
