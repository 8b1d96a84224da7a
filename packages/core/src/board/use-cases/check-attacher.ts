import { actorName, type Principal } from '@quarterdeck/contract/identity';
import type { RunId } from '@quarterdeck/contract/ids';
import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Refused, type Result } from '@quarterdeck/contract/result';
import type { Task } from '@quarterdeck/contract/task';
import { ownsTask } from '../../runs/index.ts';
import type { BoardPorts } from '../ports.ts';

interface Asked {
  readonly task: Task;
  readonly principal: Principal;
}

export interface Attacher {
  /** Null for a person. */
  readonly runId: RunId | null;
  /** Name of the person or of the run's agent. */
  readonly name: string;
}

/** Whether somebody may change the files of a task: a run only those of its own task, while it owns it. */
export async function checkAttacher(
  ports: Pick<BoardPorts, 'runs'>,
  { task, principal }: Asked,
): Promise<Result<Attacher>> {
  if (principal.kind === 'person') return ok({ runId: null, name: actorName(principal) });
  if (principal.kind === 'runner') return notYours();
  const run = await ports.runs.find(principal.runId);
  if (run && run.taskId !== task.id) return notYours();
  if (!run || !ownsTask(run, task)) return refuse('run_superseded', { runId: principal.runId });
  return ok({ runId: run.id, name: run.profile });
}

/** Whether somebody may read the files of a task: a runner only while it works on the task. */
export async function checkReader(ports: Pick<BoardPorts, 'runs'>, asked: Asked): Promise<Result<null>> {
  const { task, principal } = asked;
  if (principal.kind !== 'runner') {
    const attacher = await checkAttacher(ports, asked);
    return attacher.ok ? ok(null) : attacher;
  }
  const runs = await ports.runs.ofTask(task.id);
  const isAtWork = runs.some((run) => run.runnerId === principal.runnerId && run.status !== 'ended');
  return isAtWork ? ok(null) : notYours();
}

function notYours(): Refused {
  return refuse('forbidden', { reason: 'this token is for the files of its own task only' });
}
