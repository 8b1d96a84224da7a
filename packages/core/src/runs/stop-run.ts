import type { EventDraft } from '@quarterdeck/contract/event';
import type { CommandId } from '@quarterdeck/contract/ids';
import type { EventLog, Ids } from '../events/index.ts';
import type { CommandOutbox, RunRecord, RunStore } from './ports.ts';
import { publicRun } from './public-run.ts';

/** Time a stopped agent gets to die before the server asks again, ms. */
const STOP_DEADLINE_MS = 30_000;

interface StopInput {
  readonly run: RunRecord;
  readonly because: string;
  readonly actor: string;
  readonly now: number;
  /** The run failed, so that its task is tried again; otherwise somebody wanted it to stop. */
  readonly isFailure?: boolean;
}

/**
 * Tells a live run to stop. The run keeps its place until its runner has confirmed the death of the whole process group; from
 * here on nothing it says changes the task. Stopping twice is fine.
 */
export async function stopRun(
  deps: {
    readonly runs: RunStore;
    readonly commands: CommandOutbox;
    readonly events: EventLog;
    readonly ids: Ids;
  },
  input: StopInput,
): Promise<void> {
  const { run, because, actor, now } = input;
  if (run.status === 'ended' || run.status === 'stopping') return;
  const stopping: RunRecord = {
    ...run,
    status: 'stopping',
    reportedOutcome: run.reportedOutcome ?? (input.isFailure ? null : 'stopped'),
    error: run.error ?? because,
    deadlineAt: now + STOP_DEADLINE_MS,
  };
  await deps.runs.save(stopping);
  await deps.commands.enqueue(
    [
      {
        commandId: deps.ids.next('c') as CommandId,
        runId: run.id,
        runnerId: run.runnerId,
        command: { kind: 'stop', because },
      },
    ],
    now,
  );
  const event: EventDraft = {
    kind: 'run.stopping',
    actor,
    taskId: run.taskId,
    projectId: run.projectId,
    runId: run.id,
    payload: { run: publicRun(stopping), because },
  };
  await deps.events.append([event], now);
}
