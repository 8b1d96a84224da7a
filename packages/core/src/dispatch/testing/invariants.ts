import { createLogReader, followLog, type LogReader } from '@quarterdeck/testkit/invariants/follow-log';
import { judgeBoard, readBoardState } from '@quarterdeck/testkit/invariants/judge-board';
import { lastUnbroken } from '../domain/choose-resume.ts';
import type { DispatchPorts } from '../ports.ts';
import type { World } from './world.ts';

/** A reader of what the store has published. */
export const createReader = createLogReader;

/** Everything that must hold between any two operations; what does not, in words. */
export async function findFaults(world: World, reader: LogReader): Promise<string[]> {
  for (const event of world.events.slice(reader.cursor)) followLog(reader, event);
  return world.db.read(async (ports) => [
    ...judgeBoard(await readBoardState(ports), reader),
    ...(await resumes(ports)),
  ]);
}

/** Whoever goes on with a session goes on with the one that handed in the work last, as the same agent. */
async function resumes(ports: DispatchPorts): Promise<string[]> {
  const faults: string[] = [];
  for (const { id } of await ports.runners.list()) {
    for (const { runId, command } of await ports.commands.pendingFor(id)) {
      if (command.kind !== 'start' || command.order.resume === null) continue;
      const { agentSessionId } = command.order.resume;
      const earlier = (await ports.runs.ofTask(command.order.taskId)).filter((run) => run.id !== runId);
      const last = lastUnbroken(earlier);
      const isIts = last?.agentSessionId === agentSessionId && last.profile === command.order.profile;
      if (!isIts) faults.push(`${runId} goes on with ${agentSessionId}, which handed in nothing last`);
    }
  }
  return faults;
}
