import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forwardPatiently } from './forward.ts';
import { createServer } from './light-http.ts';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface RelayOptions {
  readonly serverUrl: string;
  /** The run's token, which the agent must show and the server gets. */
  readonly token: string;
  /** Milliseconds an unanswered request may still be retried. */
  readonly patienceMs: () => number;
  /** Whose files the agent may attach to which task. */
  readonly taskId: string;
  readonly workspacePath: string;
}

/** Where the agent finds our MCP server. It stays the same while the server behind it comes and goes. */
export interface Relay {
  readonly url: string;
  /** How many requests with the right token came in. */
  readonly requestCount: () => number;
  /** Resolves when the agent has been told for the first time which tools there are. */
  readonly toolsListed: Promise<void>;
  readonly close: () => void;
}

/** Starts the relay on a free loopback port. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  let count = 0;
  const listed = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const refused = refusal(request, options.token);
    if (refused !== null) {
      refuse(response, refused);
      return;
    }
    count += 1;
    relayOne(request, response, { ...options, onToolsListed: listed.resolve }).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else refuse(response, [502, `Quarterdeck's server did not answer: ${String(error)}`]);
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    requestCount: () => count,
    toolsListed: listed.promise,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Refused = readonly [status: number, text: string];

function refusal(request: IncomingMessage, token: string): Refused | null {
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`))
    return [401, 'This token is not the run’s.'];
  if (new URL(request.url ?? '/', 'http://relay').pathname !== '/mcp')
    return [404, 'Only /mcp is served here.'];
  if (request.method !== 'POST' && request.method !== 'DELETE') return [405, 'Use POST or DELETE.'];
  return null;
}

async function relayOne(
  request: IncomingMessage,
  response: ServerResponse,
  options: RelayOptions & { readonly onToolsListed: () => void },
): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    refuse(response, [413, 'The request is longer than 4 MiB.']);
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (body.includes('"tools/list"')) response.once('finish', options.onToolsListed);
  // The one tool that the server cannot carry out: it has no files of this machine.
  if (body.includes('task_attach') && (await attached(body, response, { options, signal: gone.signal })))
    return;
  const answer = await forwardPatiently({
    url: `${options.serverUrl}/mcp`,
    method: request.method ?? 'POST',
    headers: {
      ...passedHeaders(request),
      authorization: `Bearer ${options.token}`,
      'idempotency-key': randomUUID(),
    },
    body,
    patienceMs: options.patienceMs(),
    signal: gone.signal,
  });
  response.writeHead(answer.status, answer.headers);
  if (Buffer.isBuffer(answer.body)) response.end(answer.body);
  else answer.body.pipe(response);
}

/** False when the request is no call that attaches a file of this machine. */
async function attached(
  body: Buffer,
  response: ServerResponse,
  { options, signal }: { readonly options: RelayOptions; readonly signal: AbortSignal },
): Promise<boolean> {
  const { readAttachCall, answerAttachCall } = await import('./attach-call.ts');
  const call = readAttachCall(body);
  if (call === null) return false;
  const answer = await answerAttachCall(options, call, { patienceMs: options.patienceMs(), signal });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(answer.body);
  return true;
}

function refuse(response: ServerResponse, [status, text]: Refused): void {
  const allow = status === 405 ? { allow: 'POST, DELETE' } : {};
  // Without the rest of a refused body the connection cannot be used again.
  response.writeHead(status, { ...allow, 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${text}\n`);
}

/** Comparing digests takes the same time however much of the secret is right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function passedHeaders({ headers }: IncomingMessage): Record<string, string> {
  const names = ['accept', 'content-type', 'mcp-session-id', 'mcp-protocol-version'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
