import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startTestHost } from './fixtures/start-test-host.ts';
import { readProcessState } from './process-state.ts';

describe('the end of an agent', { timeout: 60_000 }, () => {
  it('is told with its last words when it leaves at once', async () => {
    await using host = await startTestHost('exits');
    await host.untilGone();
    const entries = (await host.journal()).map(({ entry }) => entry);
    expect(entries).toMatchObject([
      { kind: 'failure', hint: 'start_failed' },
      { kind: 'exited', code: 3, signal: null, errorTail: 'no configuration found' },
    ]);
  });

  it('comes with advice when the program is not there', async () => {
    await using host = await startTestHost('turn', { profile: { command: 'no-such-agent' } });
    await host.untilGone();
    const [failure, exited] = (await host.journal()).map(({ entry }) => entry);
    expect(failure).toMatchObject({ kind: 'failure', hint: 'start_failed' });
    expect(failure).toHaveProperty('message', expect.stringContaining('no-such-agent was not found'));
    expect(exited).toMatchObject({ kind: 'exited', code: null });
  });

  it('comes after the deadline when it never answers', async () => {
    process.env['TEST_INITIALIZE_MS'] = '500';
    await using host = await startTestHost('silent', { profile: { exit: 'signal' } });
    delete process.env['TEST_INITIALIZE_MS'];
    await host.untilGone();
    const [failure, exited] = (await host.journal()).map(({ entry }) => entry);
    expect(failure).toMatchObject({ kind: 'failure', hint: 'start_failed' });
    expect(exited).toMatchObject({ kind: 'exited', signal: 'SIGTERM' });
  });

  it('keeps what it had said when it dies in mid-turn', async () => {
    await using host = await startTestHost('dies');
    await host.untilGone();
    const entries = (await host.journal())
      .map(({ entry }) => entry)
      .filter(({ kind }) => kind !== 'activity');
    expect(entries.slice(-4)).toMatchObject([
      { kind: 'item', item: { kind: 'message', text: 'Half a sen', isComplete: true } },
      { kind: 'turn', phase: 'ended', stopReason: 'error' },
      { kind: 'failure', hint: 'crashed', message: expect.stringContaining('out of luck') },
      { kind: 'exited', code: 7 },
    ]);
  });

  it('comes when it floods its output with one endless line', async () => {
    await using host = await startTestHost('flood');
    await host.untilGone();
    const entries = (await host.journal()).map(({ entry }) => entry);
    expect(entries.find(({ kind }) => kind === 'failure')).toMatchObject({
      hint: 'crashed',
      message: expect.stringContaining('sent a line longer than 8 MiB'),
    });
    expect(entries.at(-1)?.kind).toBe('exited');
  });

  it('says that it must sign in', async () => {
    await using host = await startTestHost('signedOut');
    await host.untilGone();
    const entries = (await host.journal()).map(({ entry }) => entry);
    expect(entries.find(({ kind }) => kind === 'failure')).toMatchObject({ hint: 'sign_in_needed' });
  });

  it.runIf(existsSync('/proc/self/environ'))(
    'takes with it what ignores SIGTERM and what has left its session',
    async () => {
      await using host = await startTestHost('stubborn');
      const runner = await host.connect(0);
      await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
      const text = JSON.stringify(host.lines);
      const orphan = Number(text.match(/orphan (\d+)/)?.[1]);
      const started = await host.waitForEntry('started');
      expect((await readProcessState(orphan))?.isZombie).toBe(false);
      await host.command(runner, { kind: 'stop', because: 'test' });
      expect(await host.waitForEntry('exited')).toMatchObject({ signal: 'SIGKILL' });
      for (const pid of [orphan, started.pid]) {
        const state = await readProcessState(pid);
        expect(state === null || state.isZombie).toBe(true);
      }
      await host.untilGone();
    },
  );

  it('comes when nobody renews the lease', async () => {
    await using host = await startTestHost('ask', { leaseMs: 3000 });
    const runner = await host.connect(0);
    const beating = setInterval(() => runner.beat(), 100);
    await host.waitForEntry('permission');
    clearInterval(beating);
    expect(await host.waitForEntry('failure')).toMatchObject({
      hint: 'crashed',
      message: expect.stringContaining('out of reach'),
    });
    await host.waitForEntry('exited');
    await host.untilGone();
  });

  it('does not come while the lease is renewed', async () => {
    await using host = await startTestHost('ask', { leaseMs: 3000 });
    const runner = await host.connect(0);
    const beating = setInterval(() => runner.beat(), 100);
    const { requestId } = await host.waitForEntry('permission');
    const asked = performance.now();
    await host.waitFor(() => performance.now() - asked > 4500, 'time');
    clearInterval(beating);
    await host.command(runner, { kind: 'answer', requestId, decision: 'allow', by: 'Ada' });
    await host.waitForEntry(
      'turn',
      ({ phase, stopReason }) => phase === 'ended' && stopReason === 'end_turn',
    );
  });
});
