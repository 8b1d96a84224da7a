import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStore } from '@quarterdeck/store';
import pg from 'pg';

const KEEPER = fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url));
const TEMPLATE = 'template_quarterdeck';

interface PostgresServer {
  /** A database with our schema and nothing in it. */
  takeDatabase(): Promise<PostgresDatabase>;
}

export interface PostgresDatabase {
  readonly url: string;
  /** Transactions on it that wait for a lock at this moment. */
  countBlocked(): Promise<number>;
  /** Empties it for the next test: fifty times as fast as making a new one. */
  giveBack(): Promise<void>;
}

let running: Promise<PostgresServer> | undefined;

/** The real PostgreSQL server of this test worker; started by the first test that asks, gone with the worker. */
export function startPostgres(): Promise<PostgresServer> {
  running ??= start();
  return running;
}

async function start(): Promise<PostgresServer> {
  const address = await startKeeper();
  const admin = connect(`${address}/postgres`);
  await admin.query(`create database ${TEMPLATE}`);
  const template = await openStore({ url: `${address}/${TEMPLATE}`, onCommit: () => undefined });
  await template.close();
  const free: PostgresDatabase[] = [];
  let made = 0;

  async function makeDatabase(): Promise<PostgresDatabase> {
    const name = `test_${++made}`;
    await admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
    const url = `${address}/${name}`;
    const inside = connect(url);
    const emptyAll = await writeEmptying(inside);
    const database: PostgresDatabase = {
      url,
      countBlocked: () => countBlocked(admin, name),
      async giveBack() {
        await inside.query(emptyAll);
        free.push(database);
      },
    };
    return database;
  }

  return { takeDatabase: async () => free.pop() ?? makeDatabase() };
}

function connect(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true });
  pool.on('error', () => undefined);
  return pool;
}

/** One statement after the other that empties every table of ours. */
async function writeEmptying(inside: pg.Pool): Promise<string> {
  const { rows } = await inside.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  );
  return rows.map(({ name }) => `delete from ${name}`).join('; ');
}

async function countBlocked(admin: pg.Pool, name: string): Promise<number> {
  const { rowCount } = await admin.query(
    "select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'",
    [name],
  );
  return rowCount ?? 0;
}

async function startKeeper(): Promise<string> {
  const keeper = spawn(process.execPath, [KEEPER], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  keeper.stderr.on('data', (chunk) => said.push(String(chunk)));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(keeper.stdout).once('line', resolve);
    keeper.once('exit', (code) => reject(new Error(`PostgreSQL's keeper ended (${code}): ${said.join('')}`)));
  });
  // The worker may end while the keeper still holds its end of the pipes; that is what tells the keeper to stop.
  keeper.unref();
  for (const pipe of [keeper.stdin, keeper.stdout, keeper.stderr]) (pipe as Socket).unref();
  return address;
}
