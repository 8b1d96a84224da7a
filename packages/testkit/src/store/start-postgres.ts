import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStore } from '@quarterdeck/store';
import pg from 'pg';

const KEEPER = fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url));
const TEMPLATE = 'template_quarterdeck';

interface PostgresServer {
  /** Makes a database with our schema in it. */
  createDatabase(): Promise<PostgresDatabase>;
}

export interface PostgresDatabase {
  readonly url: string;
  /** Transactions on it that wait for a lock at this moment. */
  countBlocked(): Promise<number>;
  drop(): Promise<void>;
}

let running: Promise<PostgresServer> | undefined;

/** The real PostgreSQL server of this test worker; started by the first test that asks, gone with the worker. */
export function startPostgres(): Promise<PostgresServer> {
  running ??= start();
  return running;
}

async function start(): Promise<PostgresServer> {
  const address = await startKeeper();
  const admin = new pg.Pool({ connectionString: `${address}/postgres`, max: 1, allowExitOnIdle: true });
  admin.on('error', () => undefined);
  await admin.query(`create database ${TEMPLATE}`);
  const template = await openStore({ url: `${address}/${TEMPLATE}`, onCommit: () => undefined });
  await template.close();
  let made = 0;
  return {
    async createDatabase() {
      const name = `test_${++made}`;
      await admin.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
      return {
        url: `${address}/${name}`,
        async countBlocked() {
          const { rowCount } = await admin.query(
            "select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'",
            [name],
          );
          return rowCount ?? 0;
        },
        drop: async () => void (await admin.query(`drop database ${name} with (force)`)),
      };
    },
  };
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
