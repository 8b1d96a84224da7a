import type { JournalEntry } from '@quarterdeck/contract/journal';
import { describe, expect, it } from 'vitest';
import { startTestHost } from './fixtures/start-test-host.ts';

async function play(behaviour: string): Promise<readonly JournalEntry[]> {
  await using host = await startTestHost(behaviour);
  await host.untilGone();
  return (await host.journal()).map(({ entry }) => entry);
}

const notices = (entries: readonly JournalEntry[]) =>
  entries.flatMap((entry) =>
    entry.kind === 'item' && entry.item.kind === 'notice' ? [entry.item.text] : [],
  );
const activities = (entries: readonly JournalEntry[]) =>
  entries.flatMap((entry) => (entry.kind === 'activity' ? [entry.text] : []));
const failureOf = (entries: readonly JournalEntry[]) => entries.find(({ kind }) => kind === 'failure');

describe('a turn in which the agent could not work', { timeout: 60_000 }, () => {
  it('A7: ends the run when all it did was to say so, with the reset it named', async () => {
    const entries = await play('saysLimit');
    expect(failureOf(entries)).toMatchObject({
      hint: 'rate_limited',
      message: expect.stringContaining('429 rate limit reached, try again in 1h'),
      resetAt: expect.any(Number),
    });
    // Before it, so that nobody asks for a report meanwhile.
    expect(entries.find((entry) => entry.kind === 'turn' && entry.phase === 'ended')).toMatchObject({
      stopReason: 'error',
    });
    expect(entries.at(-1)).toMatchObject({ kind: 'exited', code: 0 });
  });

  it('A9: tells that it tries its model again, from its errors and from what it sends as a message', async () => {
    const entries = await play('saysLimit');
    expect(notices(entries)).toEqual(['Info: Request failed due to a transient API error. Retrying...']);
    expect(activities(entries)[0]).toMatch(/^Waits for the model: /);
  });

  it('A12: shows what stands in the data of an error, and when the limit ends', async () => {
    const before = Date.now();
    const failure = failureOf(await play('limitedFor'));
    expect(failure).toMatchObject({
      hint: 'rate_limited',
      message: expect.stringContaining('429 slow down'),
    });
    expect(failure).toHaveProperty('message', expect.not.stringContaining('Internal error'));
    const resetAt = failure?.kind === 'failure' ? (failure.resetAt ?? 0) : 0;
    expect(resetAt - before).toBeGreaterThanOrEqual(3_600_000);
    expect(resetAt - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  it('F13: names the error of a Node program that dies, and neither its version nor its log', async () => {
    expect(failureOf(await play('throws'))).toMatchObject({
      hint: 'crashed',
      message: expect.stringMatching(/It said last: TypeError: the model list is empty$/),
    });
  });
});

describe('a turn in which the agent worked', { timeout: 60_000 }, () => {
  it('A7: is none that failed, whatever it says at its end', async () => {
    await using host = await startTestHost('worksThenSays');
    const runner = await host.connect(0);
    const { stopReason } = await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
    expect(stopReason).toBe('end_turn');
    await host.command(runner, { kind: 'finish', graceMs: 1000 });
    await host.untilGone();
    expect(failureOf((await host.journal()).map(({ entry }) => entry))).toBeUndefined();
  });

  it('A19: says that a command which was allowed was refused by the agent itself', async () => {
    await using host = await startTestHost('refusesAllowed');
    const runner = await host.connect(0);
    const { requestId } = await host.waitForEntry('permission');
    await host.command(runner, { kind: 'answer', requestId, decision: 'allow', by: 'Ada' });
    await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
    const entries = (await host.journal()).map(({ entry }) => entry);
    expect(notices(entries)).toContain('Allowed, but the agent refused: Command injection detected: $(x)');
    await host.command(runner, { kind: 'finish', graceMs: 1000 });
    await host.untilGone();
  });
});
