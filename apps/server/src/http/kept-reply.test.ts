import type { Board } from '@quarterdeck/contract/board';
import { ok } from '@quarterdeck/contract/result';
import { describe, expect, it } from 'vitest';
import { CONTRACT_DIALECT } from './dialect.ts';
import { keepReply, keptReply } from './kept-reply.ts';
import { SEED_DIALECT } from './seed-mount/spelling.ts';
import { createFakeBoard } from './testing/fake-handlers.ts';
import { createMemoryLog } from './testing/memory-log.ts';
import { startTestServer } from './testing/start-test-server.ts';

const EMPTY: Board = {
  columns: [],
  links: [],
  tenants: [],
  assignees: [],
  labels: [],
  latestEventId: 3,
  now: 1,
};

describe('a reply that is kept', () => {
  it('is encoded once for each spelling', () => {
    const board = keepReply({ latestEventId: 3 });
    const ours = keptReply(board, CONTRACT_DIALECT);
    const seeds = keptReply(board, SEED_DIALECT);
    expect(String(ours?.bytes)).toBe('{"latestEventId":3}');
    expect(String(seeds?.bytes)).toBe('{"latest_event_id":3}');
    expect(ours?.etag).not.toBe(seeds?.etag);
    expect(keptReply(board, CONTRACT_DIALECT)).toBe(ours);
  });

  it('is only the one that was meant, not another that looks the same', () => {
    keepReply({ latestEventId: 3 });
    expect(keptReply({ latestEventId: 3 }, CONTRACT_DIALECT)).toBeNull();
    expect(keptReply(null, CONTRACT_DIALECT)).toBeNull();
  });
});

describe('over HTTP', () => {
  it('is not sent again to a client that has it, and stored by nobody', async () => {
    const board = { ...EMPTY };
    const handlers = createFakeBoard(createMemoryLog()).handlers;
    await using server = await startTestServer({
      handlers: { ...handlers, 'board.show': async () => ok(keepReply(board)) },
    });
    const ask = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/board`, { headers: { Authorization: 'Bearer viewer-secret', ...headers } });
    const first = await ask({});
    expect(await first.json()).toEqual(board);
    expect(first.headers.get('Cache-Control')).toBe('no-store');
    const again = await ask({ 'If-None-Match': first.headers.get('ETag') ?? '' });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await ask({ 'If-None-Match': '"another"' })).status).toBe(200);
    const stranger = { Authorization: 'Bearer wrong', 'If-None-Match': first.headers.get('ETag') ?? '' };
    expect((await ask(stranger)).status).toBe(401);
  });

  it('is compressed when it is large and the client can read that', async () => {
    const large = { ...EMPTY, tenants: Array.from({ length: 2000 }, (_, index) => `tenant ${index}`) };
    const handlers = createFakeBoard(createMemoryLog()).handlers;
    const [big, small] = [keepReply(large), keepReply({ ...EMPTY })];
    let shown: Board = big;
    await using server = await startTestServer({
      handlers: { ...handlers, 'board.show': async () => ok(shown) },
    });
    const ask = async (encoding: string) => {
      const headers = { Authorization: 'Bearer viewer-secret', 'Accept-Encoding': encoding };
      const reply = await fetch(`${server.url}/api/board`, { headers });
      return [reply.headers.get('Content-Encoding'), await reply.json()];
    };
    expect(await ask('gzip, deflate, br')).toEqual(['gzip', large]);
    expect(await ask('br;q=1.0, gzip;q=0.8')).toEqual(['gzip', large]);
    expect(await ask('gzip;q=0')).toEqual([null, large]);
    expect(await ask('identity')).toEqual([null, large]);
    shown = small;
    expect(await ask('gzip')).toEqual([null, EMPTY]);
  });
});
