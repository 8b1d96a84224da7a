import type { RunId } from '@quarterdeck/contract/ids';
import { ok, type Result } from '@quarterdeck/contract/result';
import type { Workspace, WorkspaceList, WorkspaceTotal } from '@quarterdeck/contract/workspace';
import { type Retention, removedAfter } from '../domain/retention.ts';
import type { WorkspaceDeps, WorkspaceRecord } from '../ports.ts';

interface ListDeps extends Pick<WorkspaceDeps, 'db'> {
  readonly retention: Retention;
  /** Why the workspace that this run left was kept when it was to be taken away. */
  readonly keptBecause: (runId: RunId) => string | null;
}

/** The workspaces on all runners, last used first, and what those of each runner take together. */
export async function listWorkspaces(deps: ListDeps): Promise<Result<WorkspaceList>> {
  const { records, runners } = await deps.db.read(async (ports) => ({
    records: await ports.workspaces.list(),
    runners: await ports.runners.list(),
  }));
  const workspaces = records
    .map((record) => describe(record, deps))
    .toSorted((a, b) => b.lastUsedAt - a.lastUsedAt);
  const names = new Map(runners.map(({ id, name }) => [id, name]));
  const groups = [...Map.groupBy(workspaces, (it) => it.runnerId)];
  const totals = groups.map(([runnerId, own]): WorkspaceTotal => {
    const sizes = own.flatMap((it) => it.sizeBytes ?? []);
    return {
      runnerId,
      runnerName: names.get(runnerId) ?? runnerId,
      count: own.length,
      sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
      unmeasured: own.length - sizes.length,
    };
  });
  return ok({ workspaces, totals });
}

function describe(record: WorkspaceRecord, { retention, keptBecause }: ListDeps): Workspace {
  const { run, task, isInUse } = record;
  return {
    taskId: task.id,
    taskTitle: task.title,
    taskStatus: task.status,
    runId: run.id,
    runnerId: run.runnerId,
    kind: task.workspaceKind,
    path: run.workspacePath,
    branch: run.branch,
    sizeBytes: run.diskBytes,
    lastUsedAt: run.endedAt ?? run.claimedAt,
    isLanded: task.landing?.status === 'landed',
    removedAfter: isInUse ? null : removedAfter(task, retention),
    keptBecause: keptBecause(run.id),
  };
}
