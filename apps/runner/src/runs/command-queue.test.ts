import type { HostConnection } from '@quarterdeck/agent/host/connection';
import type { CommandId } from '@quarterdeck/contract/ids';
import { describe, expect, it } from 'vitest';
import { nextCommandId } from '../testing/fake-server.ts';
import { until } from '../testing/until.ts';
import { createCommandQueue } from './command-queue.ts';

const prompt = (text: string) => ({ kind: 'prompt', text, author: 'Ada' }) as const;

/** A host that accepts at once, or loses its connection instead. */
function fakeHost(isBroken = false) {
  const accepted: CommandId[] = [];
  const connection: HostConnection = {
    send: async ({ commandId }) => {
      if (isBroken) throw new Error('gone');
      accepted.push(commandId);
    },
    beat: () => undefined,
    close: () => undefined,
  };
  return { connection, accepted };
}

describe('a command queue', () => {
  it('keeps commands in order until the host is there', async () => {
    const done: CommandId[] = [];
    const queue = createCommandQueue((commandId) => done.push(commandId));
    const ids = [nextCommandId(), nextCommandId(), nextCommandId()];
    for (const commandId of ids) queue.put({ commandId, command: prompt(commandId) });
    expect(done).toEqual([]);
    const host = fakeHost();
    queue.attach(host.connection);
    await until('all done', () => (done.length === 3 ? true : null));
    expect(host.accepted).toEqual(ids);
    expect(done).toEqual(ids);
  });

  it('gives a command whose connection was lost to the next one, and a redelivered one once', async () => {
    const done: CommandId[] = [];
    const queue = createCommandQueue((commandId) => done.push(commandId));
    const commandId = nextCommandId();
    queue.attach(fakeHost(true).connection);
    queue.put({ commandId, command: prompt('hello') });
    queue.put({ commandId, command: prompt('hello') });
    const host = fakeHost();
    await new Promise(setImmediate);
    queue.attach(host.connection);
    await until('done', () => (done.length > 0 ? true : null));
    expect(host.accepted).toEqual([commandId]);
    expect(done).toEqual([commandId]);
  });

  it('acknowledges and drops everything once the run is over', () => {
    const done: CommandId[] = [];
    const queue = createCommandQueue((commandId) => done.push(commandId));
    const [before, after] = [nextCommandId(), nextCommandId()];
    queue.put({ commandId: before, command: prompt('early') });
    queue.close();
    queue.put({ commandId: after, command: prompt('late') });
    expect(done).toEqual([before, after]);
  });
});
