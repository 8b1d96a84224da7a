// Many readers of one event stream in a process of their own. Each checks that it gets every event once and in order.
import { type ClientRequest, get, type IncomingMessage } from 'node:http';

/** What the scenario sends: where to connect, then how far the log went. */
interface Plan {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly readers: number;
  /** Our server sends one event a message; the reference sends what a poll found. */
  readonly dialect: 'ours' | 'reference';
}
interface Finish {
  readonly firstSeq: number;
  readonly lastSeq: number;
}
interface Seen {
  readonly seq: number;
  readonly at: number;
}

const latenciesMs: number[] = [];
const faults = { lost: 0, doubled: 0, 'out of order': 0 };
const lastSeen: number[] = [];
const counts: number[] = [];
const requests: ClientRequest[] = [];
let firstSeq = Number.POSITIVE_INFINITY;

process.on('message', (message: Plan | { begin: number } | Finish) => {
  if ('url' in message) void connectAll(message);
  else if ('begin' in message) firstSeq = message.begin;
  else void finish(message);
});

async function connectAll(plan: Plan): Promise<void> {
  // A few at a time: a server's queue of connections to accept is short.
  for (let at = 0; at < plan.readers; at += 50) {
    const some = Array.from({ length: Math.min(50, plan.readers - at) }, (_, n) => connect(plan, at + n));
    await Promise.all(some);
  }
  process.send?.({ connected: plan.readers });
}

function connect({ url, headers, dialect }: Plan, reader: number): Promise<void> {
  lastSeen[reader] = 0;
  counts[reader] = 0;
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (response) => {
      if (response.statusCode === 200) read(response, { reader, dialect, onLive: resolve });
      else reject(new Error(`the stream answered ${response.statusCode}`));
    });
    request.on('error', reject);
    requests.push(request);
  });
}

interface Reader {
  readonly reader: number;
  readonly dialect: Plan['dialect'];
  readonly onLive: () => void;
}

function read(response: IncomingMessage, to: Reader): void {
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) take(JSON.parse(message.slice(message.indexOf('data: ') + 6)), to);
  });
  response.on('error', () => undefined);
}

/** Our frames have a type and at most one event; the reference's messages hold what a poll found. */
interface Message {
  readonly type?: string;
  readonly event?: Seen;
  readonly events?: readonly Seen[];
}

function take({ type, event, events }: Message, { reader, dialect, onLive }: Reader): void {
  for (const each of events ?? []) note(reader, each);
  if (event) note(reader, event);
  if (dialect === 'reference' || type === 'live') onLive();
}

function note(reader: number, { seq, at }: Seen): void {
  if (seq < firstSeq) return;
  latenciesMs.push(performance.timeOrigin + performance.now() - at);
  const last = lastSeen[reader] ?? 0;
  if (seq === last) faults.doubled += 1;
  else if (seq < last) faults['out of order'] += 1;
  lastSeen[reader] = Math.max(last, seq);
  counts[reader] = (counts[reader] ?? 0) + 1;
}

async function finish({ firstSeq: first, lastSeq }: Finish): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (lastSeen.some((seq) => seq < lastSeq) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const expected = lastSeq - first + 1;
  for (const count of counts) faults.lost += Math.max(0, expected - count);
  for (const request of requests) request.destroy();
  process.send?.({ latenciesMs, faults });
}
// It stays until its parent ends it, so that no message is cut off, and leaves by itself when the parent is gone.
process.once('disconnect', () => process.exit(0));
