import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenarioMarker } from '@quarterdeck/testkit/model-server/scenario';
import { type ModelServer, startModelServer } from '@quarterdeck/testkit/model-server/start-model-server';
import { opencodeProfile } from '@quarterdeck/testkit/opencode/opencode-profile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTask, transcriptOf, waitForApproval, waitForStatus } from '../program/board-view.ts';
import { git, makeRepository } from '../program/make-repository.ts';
import { type Program, startProgram } from '../program/start-program.ts';
import { SCENARIOS } from './opencode-scenarios.ts';

const AGENT = 'opencode-scripted';
const AGENT_MS = 90_000;

describe('a real opencode works tasks from the board', () => {
  let models: ModelServer;
  let program: Program;
  let projectId: string;

  beforeAll(async () => {
    models = await startModelServer({ scenarios: SCENARIOS });
    const profile = { ...opencodeProfile({ modelUrl: models.url }), maxConcurrentRuns: 1 };
    program = await startProgram({ args: ['--no-demo'], profiles: [profile] });
    const path = await makeRepository(join(program.home, 'repo'), {
      'README.md': '# Greeter\n',
      'src/index.js': '',
    });
    const added = await program.client.call('project.add', { body: { path, defaultProfile: AGENT } });
    if (!added.ok) throw new Error(added.refusal.message);
    projectId = added.value.project.id;
  });
  afterAll(async () => {
    await program[Symbol.asyncDispose]();
    await models.stop();
  });

  const give = (scenario: string, more: Record<string, unknown> = {}) =>
    createTask(program.client, {
      title: `Play ${scenario}`,
      body: scenarioMarker(scenario),
      projectId,
      ...more,
    });

  async function rule(decision: 'allow' | 'deny'): Promise<void> {
    const approval = await waitForApproval(program.client, AGENT_MS);
    const ruled = await program.client.call('approval.rule', {
      params: { proposalId: approval.id },
      body: { decision },
    });
    if (!ruled.ok) throw new Error(ruled.refusal.message);
  }

  it('edits, asks before it runs a command, reports over MCP, and the dependent task starts by itself', async () => {
    const { client } = program;
    const first = await give('add-greeting');
    const second = await give('use-greeting', { parents: [first] });
    await waitForStatus(client, second, 'todo');
    await rule('allow');

    const done = await waitForStatus(client, first, 'done', AGENT_MS);
    expect(done.result).toBe('Added src/greet.js');
    const diff = await client.call('task.diff', { params: { taskId: first } });
    expect(diff.ok && diff.value.patch).toContain('+export const greet');
    expect(diff.ok && diff.value.hasUncommitted).toBe(false);
    expect(await git(join(program.home, 'repo'), 'show', `qd/${first}:src/greet.js`)).toContain('Ahoy');

    const next = await waitForStatus(client, second, 'done', AGENT_MS);
    expect(next.result).toContain('is there');
    const items = await transcriptOf(client, second);
    const read = items.find((item) => item.kind === 'tool' && item.toolKind === 'read');
    expect(read).toMatchObject({ status: 'completed', output: expect.stringContaining('Ahoy') });
    const run = (await client.call('task.show', { params: { taskId: first } })) as {
      value: { runs: { usage: object }[] };
    };
    expect(run.value.runs[0]?.usage).toMatchObject({ contextUsed: expect.any(Number) });
  });

  it('is refused by a person, is asked what now, and blocks its task', async () => {
    const taskId = await give('refused-then-blocked');
    await rule('deny');
    const card = await waitForStatus(program.client, taskId, 'blocked', AGENT_MS);
    expect(card).toMatchObject({ blockReason: 'I may not publish', blockKind: 'needs_input' });
    const items = await transcriptOf(program.client, taskId);
    expect(items.find((item) => item.kind === 'permission')).toMatchObject({ outcome: 'denied' });
  });

  it('goes on in the same session when its work is sent back, and its work lands when approved', async () => {
    const { client } = program;
    const taskId = await give('reviewed-twice');
    await waitForStatus(client, taskId, 'review', AGENT_MS);
    const comments = [{ path: 'src/wave.js', line: 1, body: 'Say second.' }];
    const sent = await client.call('task.requestChanges', { params: { taskId }, body: { comments } });
    expect(sent.ok).toBe(true);
    const card = await waitForStatus(client, taskId, 'review', AGENT_MS);
    expect(card.result).toBe('The second try');
    const items = await transcriptOf(client, taskId);
    expect(items.find((item) => item.kind === 'prompt')).toMatchObject({
      text: expect.stringContaining('Say second.'),
    });
    expect(JSON.stringify(items)).not.toContain('no longer has its earlier session');
    const approved = await client.call('task.approve', { params: { taskId }, body: { land: 'squash' } });
    expect(approved.ok && approved.value.task.landing?.status).toBe('landed');
    expect(await git(join(program.home, 'repo'), 'show', 'main:src/wave.js')).toBe('second\n');
  });

  it("asks for its subagent's command too, which opencode says only beside ACP", async () => {
    const taskId = await give('delegating');
    await rule('allow');
    await waitForStatus(program.client, taskId, 'done', AGENT_MS);
  });

  it('says that the model refused its key, and waits for a person', async () => {
    const taskId = await give('unauthorised');
    const card = await waitForStatus(program.client, taskId, 'blocked', AGENT_MS);
    expect(card.blockKind).toBe('failures');
    expect(card.blockReason).toMatch(/401|sign/i);
  });

  it('keeps its keys and its home to itself', async () => {
    const secrets = await readFile(join(program.home, 'owner-token'), 'utf8');
    const asked = models.requests.map((request) => JSON.stringify(request)).join('\n');
    expect(asked).not.toContain(secrets.trim());
  });
});
