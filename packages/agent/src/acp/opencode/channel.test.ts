import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { openChannel } from './channel.ts';
import type { Signal } from './read-event.ts';

const asked = {
  id: 'per_1',
  sessionID: 'ses_child',
  permission: 'bash',
  patterns: ['ls'],
  metadata: { command: 'ls' },
};

it('comes back when the stream breaks, finds what was asked meanwhile, and answers it', async () => {
  let streams = 0;
  const answers: unknown[] = [];
  const server = createServer(async (request, response) => {
    expect(request.headers.authorization).toBe(`Basic ${btoa('opencode:secret')}`);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://opencode');
    if (pathname === '/global/event') {
      streams += 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"payload":{"type":"server.connected","properties":{}}}\n\n');
      if (streams === 1) response.destroy();
      return;
    }
    expect(searchParams.get('directory')).toBe('/work space');
    if (request.method === 'GET') return void response.end(JSON.stringify(streams < 2 ? [] : [asked]));
    answers.push([pathname, JSON.parse(await text(request))]);
    response.end('true');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const signals: Signal[] = [];
  const channel = openChannel({
    port: (server.address() as AddressInfo).port,
    password: 'secret',
    sessionId: 'ses_root',
    cwd: '/work space',
    onSignal: (signal) => void signals.push(signal),
    onTrouble: () => undefined,
  });
  await expect
    .poll(() => signals, { timeout: 10_000 })
    .toMatchObject([{ kind: 'asked', request: { id: 'per_1' } }]);
  await channel.reply('per_1', 'reject');
  expect(answers).toEqual([['/permission/per_1/reply', { reply: 'reject' }]]);
  channel.close();
  server.close();
  server.closeAllConnections();
});
