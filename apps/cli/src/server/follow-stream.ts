import { openEventStream } from '@quarterdeck/client/stream';
import type { Result } from '@quarterdeck/contract/result';
import type { StreamFrame } from '@quarterdeck/contract/stream';
import type { Context } from '../command/context.ts';

interface Following {
  readonly since: number;
  readonly watch?: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Hands the stream's frames to `onFrame` one after the other, waiting for each, until it returns a value or the signal
 * aborts (null). Says on standard error when the connection is lost and when it is back.
 */
export async function followStream<T>(
  context: Context,
  following: Following,
  onFrame: (frame: StreamFrame) => Promise<T | null>,
): Promise<Result<T | null>> {
  const stop = new AbortController();
  let value: T | null = null;
  let failure: unknown;
  let handled: Promise<void> = Promise.resolve();
  const take = async (frame: StreamFrame) => {
    if (value !== null || stop.signal.aborted) return;
    value = await onFrame(frame);
    if (value !== null) stop.abort();
  };
  const ended = await openEventStream({
    baseUrl: context.place.url,
    token: context.place.token,
    fetch: context.terminal.fetch,
    since: following.since,
    watch: following.watch ?? [],
    signal: AbortSignal.any([following.signal, stop.signal]),
    onState: createLossReport(context),
    onFrame: (frame) => {
      handled = handled
        .then(() => take(frame))
        .catch((error: unknown) => {
          failure ??= error;
          stop.abort();
        });
    },
  });
  await handled;
  if (failure !== undefined && !following.signal.aborted) throw failure;
  return ended.ok ? { ok: true, value } : ended;
}

function createLossReport({ terminal, isJson }: Context) {
  let isLost = false;
  return (state: string) => {
    if (isJson) return;
    if (state === 'lost' && !isLost) terminal.stderr.write('Connection lost. Trying again…\n');
    if (state === 'live' && isLost) terminal.stderr.write('Connected again.\n');
    if (state === 'lost' || state === 'live') isLost = state === 'lost';
  };
}
