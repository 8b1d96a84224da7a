import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ERRORS } from '@quarterdeck/contract/errors';
import type { Refused } from '@quarterdeck/contract/result';
import { ROUTES, type Route, type RouteName, type RouteReply } from '@quarterdeck/contract/routes';
import type { StreamFrame } from '@quarterdeck/contract/stream';

interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}
type Handlers = { readonly [N in RouteName]?: (asked: Asked) => RouteReply<N> | Refused };

/** Plays the server of `GET /api/stream`: what each reader gets when it connects, and how to send it more. */
export interface FixtureReader {
  readonly url: URL;
  readonly send: (frame: StreamFrame) => void;
  readonly close: () => void;
}

export interface FixtureService extends AsyncDisposable {
  readonly url: string;
  /** Requests by route, in order. */
  readonly asked: { readonly name: RouteName; readonly asked: Asked }[];
}

/** A server that answers with what the test gives it. Bodies and replies are checked against the contract. */
export async function startFixtureService(
  handlers: Handlers,
  onReader: (reader: FixtureReader) => void = () => undefined,
): Promise<FixtureService> {
  const asked: { name: RouteName; asked: Asked }[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (url.pathname === '/healthz') return void response.end('ok');
    if (url.pathname === '/api/stream') return openReader(url, response, onReader);
    const found = findRoute(request.method ?? '', url.pathname);
    const handler = found && handlers[found.name];
    if (!found || !handler)
      return reply(response, 404, { error: { code: 'route_not_found', message: `no ${url.pathname}` } });
    const body = await text(request);
    const one: Asked = {
      params: found.params,
      query: Object.fromEntries(url.searchParams),
      body: body === '' ? undefined : JSON.parse(body),
      headers: request.headers,
    };
    asked.push({ name: found.name, asked: one });
    answer(response, ROUTES[found.name], { asked: one, result: handler(one) });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function findRoute(method: string, pathname: string) {
  for (const [name, route] of Object.entries(ROUTES) as [RouteName, Route][]) {
    const pattern = new RegExp(`^/api${route.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const match = route.method === method ? pattern.exec(pathname) : null;
    if (match) return { name, params: { ...match.groups } };
  }
  return null;
}

function answer(
  response: ServerResponse,
  route: Route,
  { asked, result }: { asked: Asked; result: unknown },
): void {
  if (route.body && !route.body.safeParse(asked.body).success) {
    reply(response, 400, { error: { code: 'invalid_input', message: 'the body breaks the contract' } });
    return;
  }
  if (isRefused(result)) reply(response, ERRORS[result.refusal.code].status, { error: result.refusal });
  else reply(response, 200, route.reply.parse(result));
}

function isRefused(result: unknown): result is Refused {
  return typeof result === 'object' && result !== null && 'refusal' in result;
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function openReader(url: URL, response: ServerResponse, onReader: (reader: FixtureReader) => void): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  onReader({
    url,
    send: (frame) => response.write(`event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`),
    close: () => response.end(),
  });
}
