import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isHostAlive } from './connection.ts';
import type { TestHost } from './fixtures/start-test-host.ts';
import { startTestHost, testCommandId } from './fixtures/start-test-host.ts';
import type { HostIdentity } from './identity.ts';
import { readIdentity } from './identity.ts';
import { launchHost } from './launch.ts';

const RUNNER = fileURLToPath(new URL('./fixtures/short-lived-runner.ts', import.meta.url));

const said = ({ lines }: TestHost): string[] =>
  lines.flatMap(({ entry }) =>
    entry.kind === 'item' && entry.item.kind === 'message' && entry.item.isComplete ? [entry.item.text] : [],
  );

describe('the agent host', { timeout: 60_000 }, () => {
  it('runs a turn with a permission, waits for commands, and ends when told to finish', async () => {
    await using host = await startTestHost('turn');
    const runner = await host.connect(0);
    const { requestId, detail } = await host.waitForEntry('permission');
    expect(detail).toMatchObject({ toolKind: 'execute', command: 'touch x', mcpTool: null });
    await host.command(runner, { kind: 'answer', requestId, decision: 'allow', by: 'Ada' });
    await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
    expect(said(host)).toEqual(['You said: Do it', 'Done.']);
    await host.command(runner, { kind: 'prompt', text: 'Once more', author: 'Ada' });
    const again = await host.waitForEntry('permission', (entry) => entry.requestId !== requestId);
    await host.command(runner, { kind: 'answer', requestId: again.requestId, decision: 'deny', by: 'Ada' });
    await host.command(runner, { kind: 'finish', graceMs: 10_000 });
    expect(await host.waitForEntry('exited')).toMatchObject({ code: 0, signal: null });
    await host.untilGone();
    const entries = (await host.journal()).map(({ entry }) => entry);
    expect(entries).toEqual(host.lines.map(({ entry }) => entry));
    expect(entries.map(({ kind }) => kind).filter((kind) => kind !== 'item' && kind !== 'activity')).toEqual([
      'started',
      'session',
      'turn',
      'permission',
      'permissionSettled',
      'usage',
      'turn',
      'turn',
      'permission',
      'permissionSettled',
      'usage',
      'turn',
      'exited',
    ]);
    const prompts = entries.flatMap((entry) =>
      entry.kind === 'item' && entry.item.kind === 'prompt' ? [entry.item.text] : [],
    );
    expect(prompts).toEqual(['Do it', 'Once more']);
    const tools = entries.flatMap((entry) =>
      entry.kind === 'item' && entry.item.kind === 'tool' ? [entry.item] : [],
    );
    expect(new Set(tools.map(({ itemId }) => itemId)).size).toBe(2);
    expect(tools.map(({ status }) => status).filter((status) => status !== 'pending')).toEqual([
      'completed',
      'failed',
    ]);
    expect(entries.findLast(({ kind }) => kind === 'usage')).toMatchObject({
      usage: { inputTokens: 20, outputTokens: 10, costMicros: null },
    });
    const { mode } = await stat(join(host.spec.runDir, 'spec.json'));
    expect(mode & 0o777).toBe(0o600);
    expect(await readFile(join(host.spec.runDir, 'agent.log'), 'utf8')).toContain('You said: Once more');
  });

  it('loses and doubles nothing when the runner vanishes in mid-turn and comes back', async () => {
    await using host = await startTestHost('slow');
    for (let n = 1; n <= 4; n += 1) {
      const runner = await host.connect(host.lines.at(-1)?.seq ?? 0);
      await host.waitFor(() => host.lines.length >= n * 8, 'further lines');
      runner.close();
    }
    const runner = await host.connect(host.lines.at(-1)?.seq ?? 0);
    await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
    await host.command(runner, { kind: 'stop', because: 'test' });
    await host.waitForEntry('exited');
    await host.untilGone();
    expect(host.lines.map(({ seq }) => seq)).toEqual(host.lines.map((_, index) => index + 1));
    expect(host.lines).toEqual(await host.journal());
  });

  it('outlives the runner that started it, killed in mid-turn', async () => {
    let printed = '';
    await using host = await startTestHost('slow', {}, async (spec, { hostEntry }) => {
      const runner = spawn(process.execPath, [RUNNER, JSON.stringify(spec), hostEntry]);
      runner.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
      await expect.poll(() => printed.split('\n').length, { timeout: 20_000 }).toBeGreaterThan(8);
      runner.kill('SIGKILL');
      await once(runner, 'exit');
      const identity = await readIdentity(spec.runDir);
      if (identity === null) throw new Error('the host left no identity');
      return identity;
    });
    expect(await isHostAlive(host.spec.runDir)).toBe(true);
    const before = printed
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    const runner = await host.connect(before.at(-1)?.seq ?? 0);
    await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
    await host.command(runner, { kind: 'finish', graceMs: 0 });
    await host.waitForEntry('exited');
    await host.untilGone();
    expect([...before, ...host.lines]).toEqual(await host.journal());
  });

  it('is alone at its run, however often it is started', async () => {
    let twins: readonly HostIdentity[] = [];
    await using host = await startTestHost('ask', {}, async (spec, entry) => {
      twins = await Promise.all([launchHost(spec, entry), launchHost(spec, entry)]);
      return launchHost(spec, entry);
    });
    expect(twins).toEqual([host.identity, host.identity]);
    await host.connect(0);
    await host.waitForEntry('permission');
    expect((await host.journal()).filter(({ entry }) => entry.kind === 'started')).toHaveLength(1);
  });

  it('does a command once that is sent again', async () => {
    await using host = await startTestHost('slow');
    const commandId = testCommandId();
    const command = { kind: 'prompt', text: 'More', author: 'Ada' } as const;
    const first = await host.connect(0);
    await first.send({ commandId, command });
    first.close();
    const second = await host.connect(host.lines.at(-1)?.seq ?? 0);
    await second.send({ commandId, command });
    await second.send({ commandId, command });
    await host.waitFor(
      () => host.lines.filter(({ entry }) => entry.kind === 'turn').length >= 4,
      'second turn',
    );
    await host.command(second, { kind: 'finish', graceMs: 0 });
    await host.waitForEntry('exited');
    const prompts = host.lines.filter(({ entry }) => entry.kind === 'item' && entry.item.kind === 'prompt');
    expect(prompts).toHaveLength(2);
  });

  it('A3: a turn that an agent cancels itself when it is refused is no interruption, so it is asked to go on', async () => {
    await using host = await startTestHost('endsWhenRefused');
    const runner = await host.connect(0);
    const { requestId } = await host.waitForEntry('permission');
    await host.command(runner, { kind: 'answer', requestId, decision: 'deny', by: 'Ada' });
    expect(await host.waitForEntry('turn', ({ phase }) => phase === 'ended')).toMatchObject({
      stopReason: 'end_turn',
    });
    await host.command(runner, { kind: 'finish', graceMs: 0 });
    await host.waitForEntry('exited');
  });

  it('withdraws an open question and tells the agent when the turn is interrupted', async () => {
    await using host = await startTestHost('ask');
    const runner = await host.connect(0);
    const { requestId } = await host.waitForEntry('permission');
    await host.command(runner, { kind: 'interrupt' });
    expect(await host.waitForEntry('permissionSettled')).toMatchObject({ requestId, outcome: 'withdrawn' });
    expect(await host.waitForEntry('turn', ({ phase }) => phase === 'ended')).toMatchObject({
      stopReason: 'cancelled',
    });
    expect(said(host)).toEqual(['outcome cancelled']);
    await host.command(runner, { kind: 'answer', requestId, decision: 'allow', by: 'late' });
    await host.command(runner, { kind: 'finish', graceMs: 0 });
    await host.waitForEntry('exited');
    expect(host.lines.filter(({ entry }) => entry.kind === 'permissionSettled')).toHaveLength(1);
  });

  it('asks people once when an agent asks the same thing twice', async () => {
    await using host = await startTestHost('askTwice');
    const runner = await host.connect(0);
    const { requestId } = await host.waitForEntry('permission');
    await host.waitFor(
      () => host.lines.some(({ entry }) => entry.kind === 'item' && entry.item.kind === 'tool'),
      'tool',
    );
    await host.command(runner, { kind: 'answer', requestId, decision: 'allow', by: 'Ada' });
    const second = host.lines.filter(({ entry }) => entry.kind === 'permission');
    expect(second).toHaveLength(1);
  });

  it('refuses files and terminals with an error', async () => {
    await using host = await startTestHost('stray');
    await host.connect(0);
    await host.waitForEntry('turn', ({ phase }) => phase === 'ended');
    expect(said(host)).toEqual(['-32601 -32601 -32601']);
  });
});
