import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openStore } from '@quarterdeck/store';
import pg from 'pg';

const KEEPER = fileURLToPath(new URL('./postgres-keeper.ts', import.meta.url));
const TEMPLATE = 'template_quarterdeck';

interface PostgresServer {
  /** Makes a database with our schema in it, gives its address and takes it away again with `drop`. */
  createDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }>;
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
      const drop = async () => void (await admin.query(`drop database ${name} with (force)`));
      return { url: `${address}/${name}`, drop };
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
