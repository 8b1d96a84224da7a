import { refuse } from '@quarterdeck/contract/refuse';
import { ok, type Result } from '@quarterdeck/contract/result';
import { describe, expect, it } from 'vitest';
import { createOnce } from './idempotency.ts';
import { createMemoryReplies } from './testing/memory-log.ts';
import { send, startTestServer } from './testing/start-test-server.ts';

const KEY = '0123456789abcdef';
const once = () => createOnce({ replies: createMemoryReplies(), clock: { now: () => 0 } });
const request = { scope: 'person:u_a', key: KEY, requestDigest: 'one' };

describe('K3: a repeated request is carried out once', () => {
  it('gives a repetition the first answer, however many come at once', async () => {
    const runOnce = once();
    let count = 0;
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const work = async () => {
      count += 1;
      await gate;
      return ok({ count });
    };
    const all = [runOnce(request, work), runOnce(request, work), runOnce(request, work)];
    open();
    const answers = await Promise.all(all);
    answers.push(await runOnce(request, work));
    expect(count).toBe(1);
    expect(answers.map(({ result }) => result)).toEqual(Array(4).fill(ok({ count: 1 })));
    expect(answers.map(({ isReplay }) => isReplay)).toEqual([false, true, true, true]);
  });

  it('refuses the same key with another request, also while the first is being worked on', async () => {
    const runOnce = once();
    const other = { ...request, requestDigest: 'two' };
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const first = runOnce(request, async () => {
      await gate;
      return ok(1);
    });
    const early = await runOnce(other, async () => ok(2));
    open();
    await first;
    const late = await runOnce(other, async () => ok(2));
    for (const { result } of [early, late]) {
      expect(result.ok ? null : result.refusal.code).toBe('idempotency_key_reused');
    }
  });

  it('keeps the same key of another person apart', async () => {
    const runOnce = once();
    await runOnce(request, async () => ok(1));
    const theirs = await runOnce({ ...request, scope: 'person:u_b' }, async () => ok(2));
    expect(theirs.result).toEqual(ok(2));
  });

  const outcomes: readonly (readonly [string, () => Promise<Result<unknown>>, boolean])[] = [
    ['a value', async () => ok(1), true],
    ['a conflict', async () => refuse('run_superseded', { runId: 'r' }), true],
    ['a missing sign-in', async () => refuse('sign_in_required'), false],
    ['a missing right', async () => refuse('forbidden', { reason: 'no' }), false],
    ['too many attempts', async () => refuse('too_many_requests', { seconds: 1 }), false],
    ['an absent runner', async () => refuse('runner_offline'), false],
  ];
  it.each(outcomes)('after %s, keeps the answer or asks again', async (_what, work, isKept) => {
    const runOnce = once();
    const first = await runOnce(request, work);
    const again = await runOnce(request, work);
    expect(again).toEqual({ result: first.result, isReplay: isKept });
  });

  it('tries again after a bug', async () => {
    const runOnce = once();
    await expect(
      runOnce(request, async () => {
        throw new Error('bug');
      }),
    ).rejects.toThrow('bug');
    expect(await runOnce(request, async () => ok(1))).toEqual({ result: ok(1), isReplay: false });
  });
});

describe('the header Idempotency-Key', () => {
  const create = (body: unknown, key = KEY) => ({
    method: 'POST',
    body,
    headers: { 'Idempotency-Key': key },
  });

  it('makes one task of two requests and marks the replay, on both mounts', async () => {
    await using server = await startTestServer();
    const first = await send(server, '/api/tasks', create({ title: 'x', workspaceKind: 'scratch' }));
    const second = await send(server, '/api/tasks', create({ title: 'x', workspaceKind: 'scratch' }));
    expect([first.headers.get('Idempotent-Replay'), second.headers.get('Idempotent-Replay')]).toEqual([
      null,
      'true',
    ]);
    expect(await second.text()).toBe(await first.text());
    const seed = await send(
      server,
      '/api/plugins/kanban/tasks',
      create({ title: 'x', workspace_kind: 'scratch' }),
    );
    expect(seed.headers.get('Idempotent-Replay')).toBe('true');
    expect(await seed.json()).toMatchObject({ task: { id: 't_00000001', created_at: 1_700_000_000 } });
    expect(server.tasks.size).toBe(1);
  });

  it('becomes the task’s own key', async () => {
    await using server = await startTestServer();
    await send(server, '/api/tasks', create({ title: 'x' }));
    await send(server, '/api/tasks', create({ title: 'y', idempotencyKey: 'mine' }, 'another-key'));
    expect([...server.tasks.values()].map(({ idempotencyKey }) => idempotencyKey)).toEqual([KEY, 'mine']);
  });

  it('replays a refusal', async () => {
    await using server = await startTestServer();
    const patch = { method: 'PATCH', body: { priority: 1 }, headers: { 'Idempotency-Key': KEY } };
    const first = await send(server, '/api/tasks/t_00000009', patch);
    const second = await send(server, '/api/tasks/t_00000009', patch);
    expect([first.status, second.status]).toEqual([404, 404]);
    expect(second.headers.get('Idempotent-Replay')).toBe('true');
  });

  it('must be visible ASCII of a sensible length', async () => {
    await using server = await startTestServer();
    for (const key of ['short', 'x'.repeat(201), 'with space in it']) {
      expect((await send(server, '/api/tasks', create({ title: 'x' }, key))).status).toBe(400);
    }
  });

  it('never stores what identity routes answer', async () => {
    const stored: string[] = [];
    await using server = await startTestServer({
      replies: { find: async () => null, save: async (_scope, _key, reply) => void stored.push(reply.body) },
    });
    await send(server, '/api/tickets', create({}));
    await send(server, '/api/tasks', create({ title: 'x' }));
    expect(stored).toHaveLength(1);
    expect(stored[0]).not.toContain('fresh-ticket');
  });
});
