import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Program, startProgram } from '../program/start-program.ts';
import { waitUntil } from '../program/wait-until.ts';
import { ask, boardOf, create, SEED_MOUNT, SeedEvent } from './seed-contract-client.ts';

const Frame = z.strictObject({ events: z.array(SeedEvent).min(1).max(200), cursor: z.int() });
type Frame = z.infer<typeof Frame>;

interface Feed extends Disposable {
  readonly frames: readonly Frame[];
  readonly closed: Promise<number>;
}

let program: Program;
beforeAll(async () => {
  program = await startProgram({ args: ['--no-demo'] });
});
afterAll(() => program[Symbol.asyncDispose]());

function follow(query: string): Feed {
  const socket = new WebSocket(`${program.url.replace('http', 'ws')}${SEED_MOUNT}/events${query}`);
  const frames: Frame[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  socket.onmessage = ({ data }) => frames.push(Frame.parse(JSON.parse(String(data))));
  socket.onclose = ({ code }) => resolve(code);
  return { frames, closed, [Symbol.dispose]: () => socket.close() };
}

const followSince = (since: string | number) => follow(`?token=${program.token}&since=${since}`);
const idsOf = (frames: readonly Frame[]) => frames.flatMap(({ events }) => events.map(({ id }) => id));
const taskFacts = async () => (await program.events()).filter(({ kind }) => kind.startsWith('task.'));

/** Five hundred facts: twenty tasks, each changed twenty-five times. */
async function makeFacts(): Promise<void> {
  const tasks = await Promise.all(Array.from({ length: 20 }, () => create(program, {})));
  const ids = tasks.map(({ id }) => id);
  for (let priority = 1; priority <= 25; priority += 1)
    await ask(program, 'POST /tasks/bulk', { ids, priority });
}

it('K14: the first request on an empty home is answered', async () => {
  expect(await boardOf(program)).toMatchObject({ tenants: [], assignees: [] });
});

it('K13: sends the whole log in frames of at most 200, in order, with the cursor of the last', async () => {
  await makeFacts();
  const wanted = (await taskFacts()).map(({ seq }) => seq);
  expect(wanted.length).toBeGreaterThan(500);
  using feed = followSince(0);
  await waitUntil('all facts', () => idsOf(feed.frames).length >= wanted.length);
  expect(idsOf(feed.frames)).toEqual(wanted);
  for (const { events, cursor } of feed.frames) expect(cursor).toBe(events.at(-1)?.id);
});

it('K13: from the cursor of the board sends only what is new', async () => {
  const board = await boardOf(program);
  using feed = followSince(board.latest_event_id);
  const task = await create(program, { tenant: 'k13' });
  await waitUntil('the new fact', () => feed.frames.length > 0);
  expect(feed.frames[0]?.events).toEqual([
    {
      id: expect.any(Number),
      task_id: task.id,
      kind: 'created',
      payload: { assignee: null, status: 'ready', tenant: 'k13' },
      created_at: task.created_at,
    },
  ]);
});

it('K13: is gapless across reconnects while facts are made', async () => {
  const start = (await taskFacts()).at(-1)?.seq ?? 0;
  const making = makeFacts();
  let isMaking = true;
  const made = making.finally(() => {
    isMaking = false;
  });
  const seen: number[] = [];
  let cursor = start;
  const takeSome = async () => {
    using feed = followSince(cursor);
    await waitUntil('a frame', () => feed.frames.length > 0 || !isMaking, { everyMs: 5 });
    // What arrives after this look is lost with the connection.
    const frames = [...feed.frames];
    seen.push(...idsOf(frames));
    cursor = frames.at(-1)?.cursor ?? cursor;
  };
  while (isMaking) await takeSome();
  await made;
  const wanted = (await taskFacts()).map(({ seq }) => seq).filter((seq) => seq > start);
  using rest = followSince(cursor);
  await waitUntil('the rest', () => cursor === wanted.at(-1) || rest.frames.at(-1)?.cursor === wanted.at(-1));
  expect([...seen, ...idsOf(rest.frames)]).toEqual(wanted);
});

it('K13: is pushed at commit, sooner than the seed asked its table', async () => {
  using feed = followSince((await boardOf(program)).latest_event_id);
  const task = await create(program, {});
  await waitUntil('the feed to be live', () => feed.frames.length > 0);
  const tookMs: number[] = [];
  for (let priority = 1; priority <= 9; priority += 1) {
    const before = feed.frames.length;
    const since = performance.now();
    await ask(program, `PATCH /tasks/${task.id}`, { priority });
    await waitUntil('the fact', () => feed.frames.length > before, { everyMs: 2 });
    tookMs.push(performance.now() - since);
  }
  const median = tookMs.toSorted((a, b) => a - b)[4];
  expect(median).toBeLessThan(300);
});

it.each(['', 'abc', '-5', '1.5', '%00'])('K13: takes since=%s for the beginning', async (since) => {
  using feed = followSince(since);
  await waitUntil('the first frame', () => feed.frames.length > 0);
  expect(feed.frames[0]?.events[0]?.id).toBe((await taskFacts())[0]?.seq);
});

it.each(['', '?token=', '?token=wrong', '?since=0&token=x'])(
  'K13: closes with 1008 for %j',
  async (query) => {
    using feed = follow(query);
    expect(await feed.closed).toBe(1008);
    expect(feed.frames).toEqual([]);
  },
);
