import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface FixtureServer extends AsyncDisposable {
  readonly url: string;
  readonly server: Server;
}

/** An HTTP server on a free loopback port, for tests of what speaks to one. */
export async function startFixtureServer(listener: RequestListener): Promise<FixtureServer> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A request with its body read to the end. */
export async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  return { method: request.method, url: request.url, headers: request.headers, body: await text(request) };
}
