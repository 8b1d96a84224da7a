import { writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAKE_TOKEN, startFakeServer } from '../testing/fake-server.ts';
import { makeTemp } from '../testing/make-temp.ts';
import { until } from '../testing/until.ts';
import type { Hello, ServerFrame } from './frames.ts';
import { type ServerLink, startServerLink } from './server-link.ts';
import { readServerToken } from './server-token.ts';

const HELLO: Hello = { type: 'hello', name: 'test', version: '0', capacity: 2, agents: [], runs: [] };

function open(serverUrl: string, readToken: () => Promise<string | null> = async () => FAKE_TOKEN) {
  const seen = { welcomes: 0, losses: 0, drains: 0, frames: [] as ServerFrame[], log: [] as string[] };
  const link: ServerLink = startServerLink(
    { serverUrl, readToken, log: (text) => seen.log.push(text) },
    {
      hello: async () => HELLO,
      onWelcome: () => {
        seen.welcomes += 1;
      },
      onFrame: (frame) => seen.frames.push(frame),
      onDrain: () => {
        seen.drains += 1;
      },
      onDown: () => {
        seen.losses += 1;
      },
      liveRuns: () => [],
    },
  );
  return { link, seen, [Symbol.asyncDispose]: () => link.stop() };
}

describe('the link to the server', () => {
  it('says hello, is welcomed, and beats', async () => {
    await using server = await startFakeServer({ heartbeatMs: 30 });
    await using runner = open(server.url);
    const beat = await server.untilFrame('beat');
    expect(beat).toMatchObject({ memory: { totalBytes: totalmem(), availableBytes: expect.any(Number) } });
    expect(server.frames[0]).toEqual(HELLO);
    expect(runner.seen.welcomes).toBe(1);
    await until('an answered beat', () =>
      runner.seen.frames.some(({ type }) => type === 'beat') ? true : null,
    );
  });

  it('comes back after a cut and after an absence, and drops what is sent meanwhile', async () => {
    await using server = await startFakeServer();
    await using runner = open(server.url);
    await until('welcome', () => (runner.seen.welcomes === 1 ? true : null));
    server.cut();
    await until('second welcome', () => (runner.seen.welcomes === 2 ? true : null));
    const comeBack = await server.goAway();
    await until('the loss', () => (runner.seen.losses === 2 ? true : null));
    expect(runner.link.send({ type: 'agents', agents: [] })).toBe(false);
    await comeBack();
    await until('third welcome', () => (runner.seen.welcomes === 3 ? true : null));
    expect(runner.link.send({ type: 'agents', agents: [] })).toBe(true);
  });

  it('drops a server that has fallen silent', async () => {
    await using server = await startFakeServer({ heartbeatMs: 40 });
    await using runner = open(server.url);
    await until('welcome', () => (runner.seen.welcomes === 1 ? true : null));
    server.fallSilent(true);
    await until('the loss', () => (runner.seen.losses === 1 ? true : null));
    server.fallSilent(false);
    await until('second welcome', () => (runner.seen.welcomes === 2 ? true : null), 30_000);
  }, 40_000);

  it('waits for the token file, and says once why it is not let in', async () => {
    await using temp = await makeTemp();
    await using server = await startFakeServer();
    const config = { token: null, home: temp.path };
    await using runner = open(server.url, () => readServerToken(config));
    await until('word of waiting', () =>
      runner.seen.log.some((text) => text.includes('waiting')) ? true : null,
    );
    await writeFile(join(temp.path, 'runner-token'), 'wrong\n');
    await until('word of refusal', () =>
      runner.seen.log.some((text) => text.includes('refused')) ? true : null,
    );
    await writeFile(join(temp.path, 'runner-token'), `${FAKE_TOKEN}\n`);
    await until('welcome', () => (runner.seen.welcomes === 1 ? true : null));
    expect(runner.seen.log.filter((text) => text.includes('waiting'))).toHaveLength(1);
  });

  it('reports congestion and its end', async () => {
    await using server = await startFakeServer({ heartbeatMs: 5_000 });
    await using runner = open(server.url);
    await until('welcome', () => (runner.seen.welcomes === 1 ? true : null));
    const reply = { type: 'reply', queryId: 'big', value: 'x'.repeat(8 * 1024 * 1024) } as const;
    for (let count = 0; count < 3; count += 1) runner.link.send(reply);
    expect(runner.link.isCongested()).toBe(true);
    await until('relief', () => (runner.seen.drains === 1 ? true : null));
    expect(runner.link.isCongested()).toBe(false);
  });
});
