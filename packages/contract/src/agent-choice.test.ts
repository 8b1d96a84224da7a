import { expect, it } from 'vitest';
import { AGENT_TOOLS } from './agent-tools.ts';

it('A14: an agent cannot choose a model, and its price, for the tasks it creates', () => {
  const asked = { title: 'More work', model: 'dearest', effort: 'max' };
  const taken = AGENT_TOOLS.task_create.input.safeParse(asked);
  expect(taken.success ? Object.keys(taken.data) : []).not.toEqual(expect.arrayContaining(['model']));
  expect(taken.success ? Object.keys(taken.data) : []).not.toEqual(expect.arrayContaining(['effort']));
});
