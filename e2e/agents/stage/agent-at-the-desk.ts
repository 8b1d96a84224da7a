import type { Client } from '@quarterdeck/client/call';
import type { Agent } from '@quarterdeck/contract/fleet';
import { detailOf } from '../../src/program/run-view.ts';
import { waitUntil } from '../../src/program/wait-until.ts';
import type { Bench } from './bench.ts';

/** The agent as people see it in the list. */
export async function shownAgent({ client, agent }: Bench): Promise<Agent> {
  const fleet = await client.call('agent.list');
  const found = fleet.ok ? fleet.value.agents.find(({ profile }) => profile === agent.id) : undefined;
  if (found === undefined) throw new Error(`${agent.id} is not in the list of agents`);
  return found;
}

/** Lets the agent take work again, as a person does who has signed in or bought more. */
export async function letItWork({ client, agent }: Bench): Promise<void> {
  const resumed = await client.call('agent.update', {
    params: { profile: agent.id },
    body: { isPaused: false, pauseReason: null },
  });
  if (!resumed.ok) throw new Error(resumed.refusal.message);
}

/** Stops what still runs and takes the check's tasks off the board, so that nothing of it disturbs the next. */
export async function clearDesk({ client, given }: Bench): Promise<void> {
  for (const taskId of given) {
    const { task } = await detailOf(client, taskId);
    if (task.run !== null)
      await client.call('run.stop', {
        params: { runId: task.run.id },
        body: { reason: 'The check is over' },
      });
    await waitForQuiet(client, taskId);
    await client.call('task.update', { params: { taskId }, body: { status: 'archived' } });
  }
}

async function waitForQuiet(client: Client, taskId: string): Promise<void> {
  await waitUntil(`${taskId} to stop`, async () => (await detailOf(client, taskId)).task.run === null, {
    everyMs: 150,
  });
}
