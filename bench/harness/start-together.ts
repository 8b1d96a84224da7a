import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a program of the bench reports when its work is done; times are the machine's clock, ms. */
interface Finished {
  readonly claimed: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Starts programs, waits until each says it is ready, lets all go at once, and returns how long the whole took, ms. */
export async function startTogether(
  file: string,
  argumentLists: readonly (readonly string[])[],
): Promise<{ claimed: number; tookMs: number }> {
  const children = argumentLists.map((args) => fork(file, args));
  try {
    await Promise.all(children.map((child) => nextMessage(child)));
    const reports = children.map((child) => nextMessage(child) as Promise<Finished>);
    for (const child of children) child.send('go');
    const finished = await Promise.all(reports);
    const startedAt = Math.min(...finished.map((it) => it.startedAt));
    const endedAt = Math.max(...finished.map((it) => it.endedAt));
    return {
      claimed: finished.reduce((sum, it) => sum + it.claimed, 0),
      tookMs: Math.max(1, endedAt - startedAt),
    };
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(
    ([code]) => Promise.reject(new Error(`a program of the bench left with exit code ${code}`)),
    () => undefined,
  );
  const [message] = (await Promise.race([once(child, 'message'), exit])) as [unknown];
  ended.abort();
  return message;
}
