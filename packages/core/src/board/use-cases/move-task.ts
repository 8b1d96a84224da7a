import type { ChangesInput } from '@quarterdeck/contract/landing';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import type { TaskVerb } from '@quarterdeck/contract/transitions';
import type { Ids } from '../../events/index.ts';
import { stopRun } from '../../runs/index.ts';
import { applyVerb, type VerbChanges } from '../domain/apply-verb.ts';
import { moveEvent } from '../domain/move-event.ts';
import type { BoardPorts } from '../ports.ts';
import { changesChildren, settleChildren } from './settle-readiness.ts';

interface Move {
  readonly task: Task;
  readonly verb: TaskVerb;
  readonly changes?: VerbChanges;
  readonly actor: string;
  readonly byPerson: boolean;
  readonly because?: string;
  readonly remarks?: ChangesInput;
  readonly now: number;
}

/**
 * Moves a task inside the caller's transaction: the table decides, open parents refuse `ready`, a run that loses its task is told
 * to stop, children are promoted or sent back. Every path that moves a task ends here.
 */
export async function moveTask(ports: BoardPorts & { readonly ids: Ids }, move: Move): Promise<Result<Task>> {
  const { task, verb, actor, now } = move;
  const moved = applyVerb(task, verb, { now, changes: move.changes });
  if (!moved.ok) return moved;
  if (moved.value.status === 'ready') {
    const open = await ports.links.openParentsOf(task.id);
    if (open.length > 0) {
      return refuse('transition_refused', {
        taskId: task.id,
        from: task.status,
        to: 'ready',
        reason: `it waits for ${open.join(', ')}`,
      });
    }
  }
  await ports.tasks.save(moved.value);
  const event = moveEvent(verb, {
    before: task,
    after: moved.value,
    actor,
    byPerson: move.byPerson,
    because: move.because,
    remarks: move.remarks,
    runId: task.currentRunId,
  });
  await ports.events.append([event], now);
  if (task.currentRunId !== null && moved.value.currentRunId === null && move.byPerson) {
    const run = await ports.runs.find(task.currentRunId);
    if (run)
      await stopRun(ports, {
        run,
        because: move.because || `${actor} moved the task to ${moved.value.status}`,
        actor,
        now,
      });
  }
  if (changesChildren(task, moved.value)) await settleChildren(ports, [task.id], { actor, now });
  return ok(moved.value);
}
