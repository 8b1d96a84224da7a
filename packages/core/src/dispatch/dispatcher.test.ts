import { openTestBoard, type TestBoard } from '@quarterdeck/testkit/factories/open-test-board';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createEventFeed, createLiveBus, type LiveFrame } from '../events/index.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';

const PATIENCE_MS = 5_000;

/** Starts a dispatcher whose feed hears every commit, as the server does it. */
function start(
  board: TestBoard,
  db = board.db,
): { dispatcher: Dispatcher; errors: unknown[]; frames: LiveFrame[] } {
  const feed = createEventFeed(0);
  const live = createLiveBus();
  const errors: unknown[] = [];
  const frames: LiveFrame[] = [];
  live.subscribe((frame) => frames.push(frame));
  const { push } = board.events;
  board.events.push = (...events) => {
    feed.publish(events);
    return push.apply(board.events, events);
  };
  const dispatcher = createDispatcher({ ...board, db, feed, live, onError: (error) => errors.push(error) });
  dispatcher.start();
  onTestFinished(() => dispatcher.stop());
  return { dispatcher, errors, frames };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await condition()); ) {
    if (Date.now() > end) throw new Error('it did not come about in time');
    await new Promise(setImmediate);
  }
}

describe('K16 the dispatcher', () => {
  it('claims at once when a fact makes it possible, without a tick', async () => {
    await using board = await openTestBoard('sqlite');
    const { dispatcher, errors } = start(board);
    for (let round = 0; round < 20; round += 1) {
      const { id } = await board.add({ assignee: round % 2 === 0 ? 'alpha' : 'beta', priority: -round });
      if (round < 4) await until(async () => (await board.task(id)).status === 'running');
    }
    await dispatcher.stop();
    expect(errors).toEqual([]);
    expect(await board.db.read((ports) => ports.runs.live())).toHaveLength(4);
  });

  it('says why a task is not running, and says it once', async () => {
    await using board = await openTestBoard('sqlite');
    const { frames } = start(board);
    const { id } = await board.add({ assignee: '' });
    const told = () => frames.filter((frame) => frame.type === 'waiting' && frame.taskId === id);
    await until(() => told().length > 0);
    await board.add({ assignee: 'Ada' });
    await until(() => frames.length > 1);
    expect(told()).toMatchObject([{ waiting: { code: 'no_assignee' } }]);
  });

  it('goes on after a turn that threw', async () => {
    await using board = await openTestBoard('sqlite');
    let isBroken = true;
    const write: TestBoard['db']['write'] = (work) =>
      isBroken ? Promise.reject(new Error('the disk is full')) : board.db.write(work);
    const { dispatcher, errors } = start(board, { ...board.db, write });
    await until(() => errors.length > 0);
    isBroken = false;
    const { id } = await board.add();
    dispatcher.poke();
    await until(async () => (await board.task(id)).status === 'running');
  });

  it('R3 waits a second after a turn that threw, though what was due is still due', async () => {
    await using board = await openTestBoard('sqlite');
    await board.addClaimed();
    board.clock.advance(120_000);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const write: TestBoard['db']['write'] = () => Promise.reject(new Error('the disk is full'));
    const { errors } = start(board, { ...board.db, write });
    await until(() => errors.length === 1 && vi.getTimerCount() === 1);
    await vi.advanceTimersByTimeAsync(999);
    expect(errors).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await until(() => errors.length === 2);
  });

  it('stops, twice if asked, and does nothing from then on', async () => {
    await using board = await openTestBoard('sqlite');
    const { dispatcher } = start(board);
    await dispatcher.stop();
    await dispatcher.stop();
    const { id } = await board.add();
    dispatcher.poke();
    expect((await board.task(id)).status).toBe('ready');
  });
});
