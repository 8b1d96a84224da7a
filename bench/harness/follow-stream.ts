import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuMs } from './processes.ts';

const READERS = join(import.meta.dirname, '../programs/follow-stream.ts');

/** A server under load: where its stream is, how to commit one event, and which process to watch. */
export interface StreamServer {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dialect: 'ours' | 'reference';
  readonly pid: number;
  /** Commits one event and returns its sequence number. */
  commit(number: number): Promise<number>;
}

export interface FollowPlan {
  readonly readers: number;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface Followed {
  /** From the time the commit's transaction began to the parsed event at a reader; one for each event and reader. */
  readonly latenciesMs: readonly number[];
  /** Of the server process while events were flowing. */
  readonly cpuPercent: number;
  readonly faults: { readonly lost: number; readonly doubled: number; readonly 'out of order': number };
}

/** Connects readers in another process, commits events at an even pace, and reports what arrived when. */
export async function followStream(server: StreamServer, plan: FollowPlan): Promise<Followed> {
  const readers = fork(READERS);
  try {
    const connected = once(readers, 'message');
    readers.send({
      url: server.url,
      headers: server.headers,
      readers: plan.readers,
      dialect: server.dialect,
    });
    await orExit(readers, connected);
    const firstSeq = (await server.commit(0)) + 1;
    readers.send({ begin: firstSeq });
    await wait(1_000);
    const { lastSeq, cpuPercent } = await commitEvenly(server, plan);
    const reply = once(readers, 'message');
    readers.send({ firstSeq, lastSeq });
    const [seen] = (await orExit(readers, reply)) as [Omit<Followed, 'cpuPercent'>];
    return { ...seen, cpuPercent };
  } finally {
    readers.kill('SIGKILL');
  }
}

async function commitEvenly(server: StreamServer, { perSecond, seconds }: FollowPlan) {
  const startedAt = performance.now();
  const cpuBefore = await cpuMs(server.pid);
  let lastSeq = 0;
  for (let number = 1; number <= perSecond * seconds; number += 1) {
    lastSeq = Math.max(lastSeq, await server.commit(number));
    await wait(Math.max(0, startedAt + (number / perSecond) * 1000 - performance.now()));
  }
  const tookMs = performance.now() - startedAt;
  return { lastSeq, cpuPercent: (((await cpuMs(server.pid)) - cpuBefore) / tookMs) * 100 };
}

async function orExit<T>(child: ChildProcess, awaited: Promise<T>): Promise<T> {
  const over = new AbortController();
  const exit = once(child, 'exit', { signal: over.signal }).then(
    ([code]): never => {
      throw new Error(`the readers left with exit code ${code}`);
    },
    (): Promise<never> => new Promise(() => undefined),
  );
  try {
    return await Promise.race([awaited, exit]);
  } finally {
    over.abort();
  }
}
