import type { TaskId } from '@quarterdeck/contract/ids';
import { repositoryPath } from '@quarterdeck/contract/project';
import type { WorkspaceRecord, WorkspaceStore } from '@quarterdeck/core/runs';
import { sql } from 'kysely';
import { fromJson } from '../schema/row-format.ts';
import type { Tables } from '../schema/tables.ts';
import type { StoreContext } from '../transaction.ts';

type RunStatus = Tables['runs']['status'];

export function workspaceStore(context: StoreContext): WorkspaceStore {
  return {
    list: () => read(context, null),
    ofTask: (taskId) => read(context, taskId),
    async forget({ taskId, runnerId, attempt }) {
      await context.connection
        .updateTable('runs')
        .set({ workspacePath: null })
        .where('taskId', '=', taskId)
        .where('runnerId', '=', runnerId)
        .where('attempt', '<=', attempt)
        .where('status', '=', 'ended')
        .execute();
    },
  };
}

async function read(context: StoreContext, taskId: TaskId | null): Promise<WorkspaceRecord[]> {
  let query = selectLeft(context);
  if (taskId !== null) query = query.where('runs.taskId', '=', taskId);
  const rows = await query.orderBy('runs.attempt').execute();
  const live = await liveTasks(context);
  // A later attempt on the same runner goes on in the same folder.
  const newest = new Map(rows.map((row) => [`${row.taskId} ${row.runnerId}`, row]));
  return [...newest.values()].map((row) => toRecord(row, live.has(row.taskId)));
}

function selectLeft({ connection }: StoreContext) {
  return connection
    .selectFrom('runs')
    .innerJoin('tasks', 'tasks.id', 'runs.taskId')
    .innerJoin('projects', 'projects.id', 'runs.projectId')
    .select([
      'runs.id as runId',
      'runs.taskId as taskId',
      'runs.attempt as attempt',
      'runs.runnerId as runnerId',
      'runs.branch as branch',
      'runs.diskBytes as diskBytes',
      'runs.claimedAt as claimedAt',
      'runs.endedAt as endedAt',
      'runs.workspacePath as workspacePath',
      'tasks.title as title',
      'tasks.status as status',
      'tasks.workspaceKind as workspaceKind',
      'tasks.landing as landing',
      'tasks.completedAt as completedAt',
      'tasks.updatedAt as updatedAt',
      'projects.id as projectId',
      'projects.path as path',
      'projects.subfolder as subfolder',
    ])
    .where('runs.workspacePath', 'is not', null)
    .where('tasks.workspaceKind', '<>', 'dir');
}

type Row = Awaited<ReturnType<ReturnType<typeof selectLeft>['execute']>>[number];

function toRecord(row: Row, isInUse: boolean): WorkspaceRecord {
  const { runId, taskId, attempt, runnerId, branch, diskBytes, claimedAt, endedAt, workspacePath } = row;
  const { title, status, workspaceKind, landing, completedAt, updatedAt } = row;
  return {
    run: {
      id: runId,
      taskId,
      attempt,
      runnerId,
      branch,
      diskBytes,
      claimedAt,
      endedAt,
      workspacePath: workspacePath ?? '',
    },
    task: {
      id: taskId,
      title,
      status,
      workspaceKind,
      landing: landing === null ? null : fromJson(landing),
      completedAt,
      updatedAt,
    },
    projectId: row.projectId,
    projectPath: repositoryPath(row),
    isInUse,
  };
}

async function liveTasks({ connection }: StoreContext): Promise<Set<TaskId>> {
  // Written into the statement, so that the index of live runs is seen to fit.
  const ended = sql.lit<RunStatus>('ended');
  const rows = await connection.selectFrom('runs').select('taskId').where('status', '<>', ended).execute();
  return new Set(rows.map((row) => row.taskId));
}
