import { describe, expect, it } from 'vitest';
import { cardsOf, transcriptOf, waitForStatus } from '../program/board-view.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';

async function firstRunning(program: Program): Promise<string> {
  const card = await waitUntil('an agent at work', async () =>
    (await cardsOf(program.client)).find((it) => it.status === 'running' && it.run?.activity),
  );
  return card.id;
}

/** One run, every item once, every number of the log once. */
async function expectNothingLostOrDoubled(program: Program, taskId: string): Promise<void> {
  const shown = await program.client.call('task.show', { params: { taskId } });
  if (!shown.ok) throw new Error(shown.refusal.message);
  expect(shown.value.runs.map((run) => run.outcome)).toEqual(['completed']);
  const events = await program.events();
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  const ofTask = events.filter((event) => event.taskId === taskId).map((event) => event.kind);
  for (const kind of ['run.claimed', 'run.started', 'run.reported', 'run.ended', 'task.completed']) {
    expect(
      ofTask.filter((it) => it === kind),
      kind,
    ).toHaveLength(1);
  }
  const items = await transcriptOf(program.client, taskId);
  expect(new Set(items.map((item) => item.itemId)).size).toBe(items.length);
  expect(items.filter((item) => item.kind === 'message').every((item) => item.isComplete)).toBe(true);
  const tools = items.filter((item) => item.kind === 'tool');
  expect(tools.length).toBeGreaterThan(2);
  expect(tools.every((tool) => tool.status === 'completed')).toBe(true);
}

describe('SIGKILL in the middle of a run', () => {
  it.each(['server', 'runner'] as const)(
    'of the %s: the agent goes on, nothing is lost or doubled',
    async (part) => {
      await using program = await startProgram({ env: { QUARTERDECK_DEMO_SPEED: '0.5' } });
      const taskId = await firstRunning(program);
      const before = await program.pidOf(part);
      process.kill(before, 'SIGKILL');
      await waitUntil(`a new ${part}`, async () => (await program.pidOf(part)) !== before);
      await waitForStatus(program.client, taskId, 'done');
      await expectNothingLostOrDoubled(program, taskId);
    },
  );

  it('of both at once, again and again: the run still finishes once', async () => {
    await using program = await startProgram({ env: { QUARTERDECK_DEMO_SPEED: '1' } });
    const taskId = await firstRunning(program);
    for (let round = 0; round < 3; round += 1) {
      const victims = [await program.pidOf('server'), await program.pidOf('runner')];
      for (const pid of victims) process.kill(pid, 'SIGKILL');
      await waitUntil('both to be back', async () => {
        const now = [await program.pidOf('server'), await program.pidOf('runner')];
        return now.every((pid, index) => pid !== victims[index]);
      });
      await waitUntil('the board', async () => (await program.client.call('board.stats')).ok);
    }
    await waitForStatus(program.client, taskId, 'done');
    await expectNothingLostOrDoubled(program, taskId);
  });
});
