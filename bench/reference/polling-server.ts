// The seed's event stream as a reference: every reader asks the database by itself every 300 ms, on a connection opened for that
// poll. With `shared` all readers use one open connection and one compiled statement, which the seed does not.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import SqliteDatabase from 'better-sqlite3';

const POLL_MS = 300;
const [path = '', connecting = ''] = process.argv.slice(2);

function connect(): SqliteDatabase.Database {
  const opened = new SqliteDatabase(path);
  opened.pragma('journal_mode = WAL');
  opened.pragma('synchronous = NORMAL');
  return opened;
}

const database = connect();
database.exec(`create table if not exists task_events (
  id integer primary key autoincrement, task_id text not null, kind text not null, payload text, created_at real not null
)`);
const insert = database.prepare(
  'insert into task_events (task_id, kind, payload, created_at) values (?, ?, ?, ?)',
);
const NEWER =
  'select id, task_id, kind, payload, created_at from task_events where id > ? order by id asc limit 200';
const fetchShared = database.prepare(NEWER);

function fetchNew(cursor: number): Row[] {
  if (connecting === 'shared') return fetchShared.all(cursor) as Row[];
  const own = connect();
  const rows = own.prepare(NEWER).all(cursor) as Row[];
  own.close();
  return rows;
}

interface Row {
  readonly id: number;
  readonly task_id: string;
  readonly kind: string;
  readonly payload: string | null;
  readonly created_at: number;
}

const server = createServer((request, response) => {
  if (request.method === 'POST') append(request, response);
  else follow(response);
}).listen(0, '127.0.0.1', 2048, () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.once('disconnect', () => process.exit(0));

function append(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const at = performance.timeOrigin + performance.now();
    const { lastInsertRowid } = insert.run('t_1', 'commented', body, at);
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ seq: Number(lastInsertRowid) }));
  });
}

function follow(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write('data: {"events":[]}\n\n');
  let cursor = 0;
  let timer: NodeJS.Timeout | undefined;
  const poll = () => {
    const rows = fetchNew(cursor);
    const events = rows.map(({ id, task_id: taskId, kind, payload, created_at: at }) => {
      cursor = id;
      return { seq: id, at, taskId, kind, payload: payload === null ? null : JSON.parse(payload) };
    });
    if (events.length > 0) response.write(`data: ${JSON.stringify({ events, cursor })}\n\n`);
    timer = setTimeout(poll, POLL_MS);
  };
  poll();
  response.on('close', () => clearTimeout(timer));
}
