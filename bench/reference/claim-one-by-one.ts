// The seed's way to claim, on the seed's driver of choice for one file: a transaction for each task, with a compare-and-swap.
import SqliteDatabase from 'better-sqlite3';

type Connection = SqliteDatabase.Database;

function connect(path: string): Connection {
  const database = new SqliteDatabase(path, { timeout: 30_000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  return database;
}

/** Makes the seed's tables and `count` ready tasks. */
export function seedReference(path: string, count: number): void {
  const database = connect(path);
  database.exec(`
    create table tasks (
      id text primary key, title text not null, body text, assignee text, status text not null,
      priority integer not null default 0, created_at integer not null, started_at integer,
      claim_lock text, claim_expires integer
    );
    create index idx_tasks_ready on tasks (status, priority desc, created_at);
    create table task_events (
      id integer primary key autoincrement, task_id text not null, kind text not null, payload text,
      created_at integer not null
    );
    create index idx_events_task on task_events (task_id);
  `);
  const insert = database.prepare(
    `insert into tasks (id, title, body, assignee, status, priority, created_at) values (?, ?, ?, 'bench', 'ready', ?, ?)`,
  );
  database.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      const body = 'Change the function so that the test beside it passes.';
      insert.run(`t_${number}`, `Task number ${number}`, body, number % 5, number);
    }
  })();
  database.close();
}

/** Claims until nothing is ready or `limit` are claimed, and returns how many were. */
export function claimFromReference(
  path: string,
  { claimer, limit }: { claimer: string; limit: number },
): number {
  const database = connect(path);
  const next = database.prepare(
    `select id from tasks where status = 'ready' and claim_lock is null order by priority desc, created_at limit 1`,
  );
  const claim = database.prepare(
    `update tasks set status = 'running', claim_lock = ?, claim_expires = ?, started_at = coalesce(started_at, ?)
     where id = ? and status = 'ready' and claim_lock is null`,
  );
  const note = database.prepare(
    `insert into task_events (task_id, kind, payload, created_at) values (?, 'claimed', ?, ?)`,
  );
  const claimOne = database.transaction((): boolean => {
    const task = next.get() as { id: string } | undefined;
    if (!task) return false;
    const now = Math.floor(Date.now() / 1000);
    if (claim.run(claimer, now + 900, now, task.id).changes === 1) {
      note.run(task.id, JSON.stringify({ lock: claimer, expires: now + 900 }), now);
    }
    return true;
  });
  let claimed = 0;
  while (claimed < limit && claimOne.immediate()) claimed += 1;
  database.close();
  return claimed;
}

/** Tasks claimed more than once, and tasks not claimed at all. */
export function checkReference(path: string): { doubled: number; left: number } {
  const database = connect(path);
  const one = (sql: string) => (database.prepare(sql).get() as { n: number }).n;
  const doubled = one(
    `select count(*) as n from (select task_id from task_events where kind = 'claimed' group by task_id having count(*) > 1)`,
  );
  const left = one(`select count(*) as n from tasks where status = 'ready'`);
  database.close();
  return { doubled, left };
}
