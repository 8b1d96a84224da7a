import { describe, expect, it } from 'vitest';
import { CONTRACT_DIALECT } from './dialect.ts';
import { keepReply, keptReply } from './kept-reply.ts';
import { SEED_DIALECT } from './seed-mount/spelling.ts';

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
