import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as acp from '@agentclientprotocol/sdk/unstable';
import { scenarioMarker } from '@quarterdeck/testkit/model-server/scenario';
import type { ModelServer } from '@quarterdeck/testkit/model-server/start-model-server';
import { startModelServer } from '@quarterdeck/testkit/model-server/start-model-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asksOf, isAsk, textOf, toolCallsOf, updatesOf } from './observed.ts';
import { probeScenarios } from './probe-scenarios.ts';
import type { SideChannel } from './side-channel.ts';
import { freePort, isChildOf, isRetry, openSideChannel } from './side-channel.ts';
import type { ControlServer } from './start-control-server.ts';
import { startControlServer } from './start-control-server.ts';
import type { RunningOpencode } from './start-opencode.ts';
import { startOpencode } from './start-opencode.ts';

// What the product assumes about opencode's ACP, checked on the real program with a bare client. When opencode is
// updated and one of these fails, the ACP translation must change with it.

const { initialize, session } = acp.methods.agent;
type Decision = 'allow_once' | 'reject_once' | 'never';

let model: ModelServer;
let control: ControlServer;
let opencode: RunningOpencode;
let side: SideChannel;
let repository: string;
let decision: Decision = 'allow_once';

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'opencode-repository-'));
  execFileSync('git', ['init', '-q'], { cwd: repository });
  model = await startModelServer({ scenarios: probeScenarios });
  control = await startControlServer();
  const sideChannel = { port: await freePort(), password: 'probe-password' };
  opencode = await startOpencode({ modelUrl: model.url, answer: answerByKind, sideChannel });
  await opencode.agent.request(initialize, {
    protocolVersion: acp.PROTOCOL_VERSION,
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
  });
  side = await openSideChannel(sideChannel);
});

beforeEach(() => {
  decision = 'allow_once';
});

afterAll(async () => {
  const started: readonly (AsyncDisposable | undefined)[] = [side, opencode, control, model];
  for (const one of started) await one?.[Symbol.asyncDispose]();
  await rm(repository, { recursive: true, force: true });
});

function answerByKind({ options }: acp.RequestPermissionRequest): Promise<acp.RequestPermissionResponse> {
  if (decision === 'never') return Promise.withResolvers<acp.RequestPermissionResponse>().promise;
  const option = options.find(({ kind }) => kind === decision);
  if (option === undefined) throw new Error(`opencode offers no ${decision}.`);
  return Promise.resolve({ outcome: { outcome: 'selected', optionId: option.optionId } });
}

async function openSession(): Promise<string> {
  const headers = [{ name: 'Authorization', value: `Bearer ${control.token}` }];
  const mcpServers: acp.McpServer[] = [{ type: 'http', name: 'quarterdeck', url: control.url, headers }];
  return (await opencode.agent.request(session.new, { cwd: repository, mcpServers })).sessionId;
}

function prompt(sessionId: string, scenario: string): Promise<acp.PromptResponse> {
  const text = `Brief.\n\n${scenarioMarker(scenario)}`;
  return opencode.agent.request(session.prompt, { sessionId, prompt: [{ type: 'text', text }] });
}

/** The process of the command that the `sleeping` scenario runs, once it runs. */
async function sleepingPid(): Promise<number> {
  const read = async (): Promise<number> =>
    Number.parseInt(await readFile(join(repository, 'sleeping.pid'), 'utf8').catch(() => ''), 10);
  await expect.poll(read, { timeout: 20_000 }).toBeGreaterThan(1);
  return read();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function cancelWhen(sessionId: string, ready: Promise<unknown>): Promise<void> {
  await ready;
  await opencode.agent.notify(session.cancel, { sessionId });
}

describe('a whole turn', () => {
  it('writes, runs, plans and completes its task through our MCP server', async () => {
    const id = await openSession();
    expect((await prompt(id, 'work')).stopReason).toBe('end_turn');
    expect(await readFile(join(repository, 'hello.txt'), 'utf8')).toBe('hello\n');
    expect(control.completed).toEqual([{ summary: 'Wrote hello.txt' }]);
    expect(textOf(opencode.tap.wire, id, 'agent_thought_chunk')).toBe('A file first.');
    expect(textOf(opencode.tap.wire, id, 'agent_message_chunk')).toBe('I write it.All done.');
    expect(toolCallsOf(opencode.tap.wire, id)).toMatchObject([
      { kind: 'edit', status: 'completed', locations: [{ path: 'hello.txt' }] },
      { kind: 'execute', status: 'completed', rawOutput: { output: 'hello\n', metadata: { exit: 3 } } },
      { kind: 'other', rawOutput: { metadata: { todos: [{ content: 'Test', status: 'pending' }] } } },
      { title: 'quarterdeck_task_complete', status: 'completed', rawInput: { summary: 'Wrote hello.txt' } },
    ]);
  });

  it('asks before an edit with a diff and before a command, but not for our tools', async () => {
    const id = await openSession();
    await prompt(id, 'work');
    expect(asksOf(opencode.tap.wire, id).map(({ toolCall }) => toolCall)).toMatchObject([
      { kind: 'edit', content: [{ type: 'diff', newText: 'hello\n' }] },
      { kind: 'execute', rawInput: { command: 'cat hello.txt; exit 3' } },
    ]);
    const kinds = asksOf(opencode.tap.wire, id).map(({ options }) => options.map(({ kind }) => kind));
    expect(kinds[0]).toEqual(['allow_once', 'allow_always', 'reject_once']);
  });

  it('reports the cost of the session so far once, before the answer to the prompt', async () => {
    const id = await openSession();
    await prompt(id, 'work');
    const usage = updatesOf(opencode.tap.wire, id).filter(
      ({ sessionUpdate }) => sessionUpdate === 'usage_update',
    );
    expect(usage).toMatchObject([{ used: 1000, size: 100_000, cost: { currency: 'USD' } }]);
    expect(updatesOf(opencode.tap.wire, id).at(-1)).toBe(usage[0]);
  });
});

describe('a refusal', () => {
  it('fails the call and ends the turn without another model step', async () => {
    decision = 'reject_once';
    const id = await openSession();
    const result = await prompt(id, 'refused');
    expect(result.stopReason).toBe('end_turn');
    expect(toolCallsOf(opencode.tap.wire, id)).toMatchObject([{ status: 'failed' }]);
    expect(textOf(opencode.tap.wire, id, 'agent_message_chunk')).toBe('');
  });
});

describe('a cancel', () => {
  it('stops a running command', async () => {
    const id = await openSession();
    const turn = prompt(id, 'sleeping');
    const pid = await sleepingPid();
    await opencode.agent.notify(session.cancel, { sessionId: id });
    expect((await turn).stopReason).toBe('cancelled');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('does not wait for an open permission request', async () => {
    decision = 'never';
    const id = await openSession();
    const turn = prompt(id, 'asking');
    await cancelWhen(
      id,
      opencode.tap.waitFor(({ message }) => isAsk(message, id)),
    );
    expect((await turn).stopReason).toBe('cancelled');
    expect(toolCallsOf(opencode.tap.wire, id)).toMatchObject([{ status: 'failed' }]);
  });

  it('ends a model that never answers', async () => {
    const id = await openSession();
    const turn = prompt(id, 'stalled');
    await cancelWhen(
      id,
      model.waitForRequest(({ scenario }) => scenario === 'stalled'),
    );
    expect((await turn).stopReason).toBe('cancelled');
  });

  it('is told as a normal end while opencode waits to try the model again', async () => {
    const id = await openSession();
    const turn = prompt(id, 'limited');
    await cancelWhen(
      id,
      side.waitFor((event) => isRetry(event, id)),
    );
    expect(await turn).toMatchObject({ stopReason: 'end_turn', usage: { totalTokens: 0 } });
  });
});

describe('a failing model', () => {
  it('is tried again in silence when it says when', async () => {
    const id = await openSession();
    expect((await prompt(id, 'busy')).stopReason).toBe('end_turn');
    expect(textOf(opencode.tap.wire, id, 'agent_message_chunk')).toBe('Recovered.');
    const retry = await side.waitFor((event) => isRetry(event, id));
    expect(retry.properties.status).toMatchObject({
      attempt: 1,
      message: expect.stringContaining('Rate limit reached'),
    });
  });

  it('fails the prompt at once when it refuses the key', async () => {
    const failure = { code: -32603, data: { service: 'session', errorName: 'APIError' } };
    await expect(prompt(await openSession(), 'unauthorised')).rejects.toMatchObject(failure);
  });
});

describe('a subagent', () => {
  it('asks over the side channel only, and goes on when answered there', async () => {
    const id = await openSession();
    const turn = prompt(id, 'parent');
    const created = await side.waitFor((event) => isChildOf(event, id));
    const asked = await side.waitFor(
      ({ type, properties }) =>
        type === 'permission.asked' && properties.sessionID === created.properties.sessionID,
    );
    expect(asked.properties).toMatchObject({ permission: 'bash', metadata: { command: 'echo child' } });
    const answer = { reply: 'once', directory: repository };
    expect(await side.replyPermission(String(asked.properties.id), answer)).toBe(200);
    expect((await turn).stopReason).toBe('end_turn');
    expect(asksOf(opencode.tap.wire, id)).toEqual([]);
    expect(toolCallsOf(opencode.tap.wire, id)).toMatchObject([
      { kind: 'think', rawOutput: { metadata: { sessionId: created.properties.sessionID } } },
    ]);
  });
});

describe('the end', () => {
  it('comes by itself when its input closes', async () => {
    expect(await opencode.end()).toBe(0);
  });
});
