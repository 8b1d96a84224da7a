// The seed's GET /board as a reference: the same queries and the same passes over their rows, with nothing kept between requests.

import type { Link, Task } from '@quarterdeck/contract/task';
import SqliteDatabase from 'better-sqlite3';

const COLUMNS = ['triage', 'todo', 'ready', 'running', 'blocked', 'done'];

interface Row {
  readonly id: string;
  readonly status: string;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly completed_at: number | null;
}
interface Counts {
  parents: number;
  children: number;
}

export function seedReferenceBoard(
  path: string,
  board: { tasks: readonly Task[]; links: readonly Link[] },
): void {
  const database = new SqliteDatabase(path);
  database.pragma('journal_mode = WAL');
  database.exec(`
    create table tasks (
      id text primary key, title text not null, body text, assignee text, status text not null,
      priority integer not null default 0, created_by text, created_at integer not null, started_at integer,
      completed_at integer, workspace_kind text, workspace_path text, tenant text, result text,
      idempotency_key text, claim_lock text, claim_expires integer, block_reason text
    );
    create index idx_tasks_status on tasks (status);
    create table task_links (parent_id text not null, child_id text not null, primary key (parent_id, child_id));
    create table task_comments (id integer primary key, task_id text not null, author text, body text, created_at integer);
    create table task_events (id integer primary key autoincrement, task_id text, kind text, payload text, created_at integer);
  `);
  const addTask = database.prepare(
    `insert into tasks (id, title, body, assignee, status, priority, created_by, created_at, started_at, completed_at, workspace_kind)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addLink = database.prepare('insert into task_links values (?, ?)');
  const seconds = (at: number | null) => (at === null ? null : Math.floor(at / 1000));
  database.transaction(() => {
    for (const it of board.tasks) {
      const times = [seconds(it.createdAt), seconds(it.startedAt), seconds(it.completedAt)];
      const told = [it.id, it.title, it.body, it.assignee, it.status, it.priority, it.createdBy];
      addTask.run(...told, ...times, it.workspaceKind);
    }
    for (const { parentId, childId } of board.links) addLink.run(parentId, childId);
  })();
  database.close();
}

/** One request as the seed serves it: open, read everything, count in passes, close. */
export function readReferenceBoard(path: string) {
  const database = new SqliteDatabase(path);
  try {
    const tasks = database
      .prepare(`select * from tasks where status != 'archived' order by priority desc, created_at asc`)
      .all() as Row[];
    const linkCounts = countLinks(database);
    const commentCounts = new Map<string, number>();
    for (const row of database
      .prepare('select task_id, count(*) as n from task_comments group by task_id')
      .all()) {
      const { task_id: taskId, n } = row as { task_id: string; n: number };
      commentCounts.set(taskId, n);
    }
    const progress = countProgress(database);
    const latest = database.prepare('select coalesce(max(id), 0) as m from task_events').get() as {
      m: number;
    };
    const columns = new Map<string, unknown[]>(COLUMNS.map((name) => [name, []]));
    for (const task of tasks) {
      const card = {
        ...task,
        age: ageOf(task),
        link_counts: linkCounts.get(task.id) ?? { parents: 0, children: 0 },
        comment_count: commentCounts.get(task.id) ?? 0,
        progress: progress.get(task.id) ?? null,
      };
      columns.get(columns.has(task.status) ? task.status : 'todo')?.push(card);
    }
    return {
      columns: [...columns].map(([name, cards]) => ({
        name,
        tasks: cards as { id: string; link_counts: Counts }[],
      })),
      tenants: distinct(
        database,
        'select distinct tenant as v from tasks where tenant is not null order by tenant',
      ),
      assignees: distinct(
        database,
        `select distinct assignee as v from tasks where assignee is not null and status != 'archived' order by assignee`,
      ),
      latest_event_id: latest.m,
      now: Math.floor(Date.now() / 1000),
    };
  } finally {
    database.close();
  }
}

function countLinks(database: SqliteDatabase.Database): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  const of = (id: string) => {
    const known = counts.get(id) ?? { parents: 0, children: 0 };
    counts.set(id, known);
    return known;
  };
  for (const row of database.prepare('select parent_id, child_id from task_links').all()) {
    const { parent_id: parentId, child_id: childId } = row as { parent_id: string; child_id: string };
    of(parentId).children += 1;
    of(childId).parents += 1;
  }
  return counts;
}

function countProgress(database: SqliteDatabase.Database): Map<string, { done: number; total: number }> {
  const progress = new Map<string, { done: number; total: number }>();
  const rows = database
    .prepare(
      'select l.parent_id as pid, t.status as cstatus from task_links l join tasks t on t.id = l.child_id',
    )
    .all() as { pid: string; cstatus: string }[];
  for (const { pid, cstatus } of rows) {
    const known = progress.get(pid) ?? { done: 0, total: 0 };
    known.total += 1;
    if (cstatus === 'done') known.done += 1;
    progress.set(pid, known);
  }
  return progress;
}

function distinct(database: SqliteDatabase.Database, sql: string): string[] {
  return (database.prepare(sql).all() as { v: string }[]).map((row) => row.v);
}

function ageOf({ created_at, started_at, completed_at }: Row) {
  const now = Math.floor(Date.now() / 1000);
  return {
    created_age_seconds: now - created_at,
    started_age_seconds: started_at === null ? null : now - started_at,
    time_to_complete_seconds: completed_at === null ? null : completed_at - (started_at ?? created_at),
  };
}
