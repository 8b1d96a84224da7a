import { describe, expect, it } from 'vitest';
import { failureFingerprint } from './failure-fingerprint.ts';

const of = (error: string) => failureFingerprint('crashed', error);

describe('K16 the fingerprint of a failure', () => {
  it.each([
    ['Exited with code 1 after 42 ms', 'Exited with code 137 after 9.5 ms'],
    ['ENOENT: /home/ada/work/qd-1/a.ts', 'ENOENT: /srv/qd-22/src/b.ts'],
    ['At 2026-11-21T04:00:00.123Z: no route', 'At 2026-11-22 05:10:59: no route'],
    ['session ses_4fa2c19b is gone', 'session ses_0012abcd is gone'],
    [
      'request 0b1c8a30-1111-4222-8333-444455556666 failed',
      'request ffffffff-0000-4000-8000-000000000000 failed',
    ],
    ['commit deadbeef1 missing\n  here', 'commit 0123456789abcdef missing here'],
  ])('is the same for "%s" and "%s"', (one, other) => expect(of(one)).toBe(of(other)));

  it('differs by what went wrong, and by how the run ended', () => {
    expect(of('Unauthorized: invalid key')).not.toBe(of('Model not found'));
    expect(failureFingerprint('start_failed', 'no')).not.toBe(of('no'));
  });

  it('keeps the words that people need', () => {
    expect(of('Connect ECONNREFUSED 127.0.0.1:8080')).toBe('crashed: connect econnrefused #');
  });

  it.each([
    ['rate_limited', 'used up'],
    ['workspace_failed', 'npm ci ended with exit code 1'],
    ['timed_out', 'The run reached its time limit of 240 min'],
    ['stale', 'quiet for an hour'],
    ['lost', 'gone'],
    ['completed', ''],
    ['crashed', 'The agent left with SIGKILL before it ended its turn'],
    ['crashed', 'The process that drives the agent died (killed, out of memory, or the machine restarted).'],
    ['crashed', 'The machine told the agent host to stop, so the agent was stopped.'],
  ] as const)('is none for %s: %s', (outcome, error) =>
    expect(failureFingerprint(outcome, error)).toBeNull(),
  );
});
