import type { CommandId, RunId, TaskId } from '@quarterdeck/contract/ids';
import { ok } from '@quarterdeck/contract/result';
import { type Retention, removedAfter } from '../domain/retention.ts';
import type { WorkspaceDeps, WorkspacePorts, WorkspaceRecord } from '../ports.ts';

/** Removals asked for in one transaction. */
const BATCH = 100;
/** What was kept is asked for again after this long, ms: somebody may have committed it since. */
const ASK_AGAIN_MS = 24 * 60 * 60_000;

export interface SweepDeps extends WorkspaceDeps {
  readonly retention: Retention;
  /** When the removal of the workspace that this run left was last asked for, ms. */
  readonly asked: Map<RunId, number>;
}

export interface Swept {
  /** When the next workspace is due, ms; null when none is. */
  readonly nextDueAt: number | null;
  /** Tasks whose workspace is due, but for a run that still lives. */
  readonly inUse: ReadonlySet<TaskId>;
}

/**
 * Asks runners to take away workspaces that were kept long enough. Whether work would be lost is decided there; what stays is asked for
 * again after a day.
 */
export async function sweepWorkspaces(deps: SweepDeps): Promise<Swept> {
  const now = deps.clock.now();
  const records = await deps.db.read((ports) => ports.workspaces.list());
  forgetGone(deps.asked, records);
  const timed = records.flatMap((record) => {
    const dueAt = dueOf(record, deps);
    return dueAt === null ? [] : [{ record, dueAt }];
  });
  const over = timed.filter((it) => it.dueAt <= now).map((it) => it.record);
  const due = over.filter((it) => !it.isInUse);
  for (let from = 0; from < due.length; from += BATCH) {
    await deps.db.write(async (ports) => ok(await ask(deps, ports, due.slice(from, from + BATCH))));
  }
  for (const { run } of due) deps.asked.set(run.id, now);
  const times = timed.map(({ dueAt }) => (dueAt <= now ? now + ASK_AGAIN_MS : dueAt));
  const inUse = new Set(over.filter((it) => it.isInUse).map(({ task }) => task.id));
  return { nextDueAt: times.length === 0 ? null : Math.min(...times), inUse };
}

function dueOf({ run, task }: WorkspaceRecord, { retention, asked }: SweepDeps): number | null {
  const dueAt = removedAfter(task, retention);
  const askedAt = asked.get(run.id);
  return dueAt === null || askedAt === undefined ? dueAt : Math.max(dueAt, askedAt + ASK_AGAIN_MS);
}

async function ask(
  deps: SweepDeps,
  ports: WorkspacePorts,
  records: readonly WorkspaceRecord[],
): Promise<void> {
  const waiting = await waitingCleans(ports, records);
  const now = deps.clock.now();
  for (const { run, projectPath, projectId } of records) {
    // Read again, and locked: a task that was opened meanwhile keeps its workspace.
    const task = await ports.tasks.find(run.taskId);
    const dueAt = task && removedAfter(task, deps.retention);
    if (task === null || dueAt === null || dueAt > now || waiting.has(run.id)) continue;
    if ((await ports.runs.ofTask(task.id)).some((it) => it.status !== 'ended')) continue;
    const workspace = { path: run.workspacePath, kind: task.workspaceKind };
    const command = { kind: 'clean', workspace, projectPath, projectId } as const;
    const commandId = deps.ids.next('c') as CommandId;
    await ports.commands.enqueue([{ commandId, runId: run.id, runnerId: run.runnerId, command }], now);
  }
}

/** Removals a runner has not carried out yet, such as one that is away. */
async function waitingCleans(
  ports: WorkspacePorts,
  records: readonly WorkspaceRecord[],
): Promise<Set<RunId>> {
  const waiting = new Set<RunId>();
  for (const runnerId of new Set(records.map(({ run }) => run.runnerId))) {
    for (const { runId, command } of await ports.commands.pendingFor(runnerId))
      if (command.kind === 'clean') waiting.add(runId);
  }
  return waiting;
}

function forgetGone(asked: Map<RunId, number>, records: readonly WorkspaceRecord[]): void {
  const there = new Set(records.map(({ run }) => run.id));
  for (const runId of asked.keys()) if (!there.has(runId)) asked.delete(runId);
}
