import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import * as acp from '@agentclientprotocol/sdk';
import { DEMO_REPOSITORY } from './demo-repository.ts';
import { DEMO_SCRIPTS } from './demo-story.ts';
import type { FakeBoard } from './fake-board.ts';

const ENTRY = join(import.meta.dirname, '../../../../apps/runner/src/demo-agent.ts');

/** The demo's repository as the first `tasksDone` tasks leave it; none of those edits an existing file. */
export async function temporaryProject(tasksDone = 0) {
  const path = await mkdtemp(join(tmpdir(), 'quarterdeck demo '));
  const written = DEMO_SCRIPTS.slice(0, tasksDone).flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'write' ? [[step.path, step.content] as const] : [])),
  );
  for (const [name, content] of [...Object.entries(DEMO_REPOSITORY), ...written]) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  const read = (name: string) => readFile(join(path, name), 'utf8');
  return { path, read, [Symbol.asyncDispose]: () => rm(path, { recursive: true, maxRetries: 5 }) };
}

interface Choice {
  readonly cwd: string;
  readonly board?: FakeBoard;
  readonly speed?: string;
  readonly onAsk?: (
    request: acp.RequestPermissionRequest,
  ) => acp.RequestPermissionOutcome | Promise<acp.RequestPermissionOutcome>;
}

/** The demo agent as a real process with a session in `cwd`, and everything it shows. */
export async function startDemo(choice: Choice) {
  const env = { PATH: process.env['PATH'] ?? '', QUARTERDECK_DEMO_SPEED: choice.speed ?? '0' };
  const child = spawn(process.execPath, [ENTRY], {
    cwd: choice.cwd,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const updates: acp.SessionUpdate[] = [];
  const watchers = new Set<() => void>();
  const connection = acp
    .client({ name: 'test' })
    .onRequest(acp.methods.client.session.requestPermission, async ({ params }) => ({
      outcome: (await choice.onAsk?.(params)) ?? { outcome: 'selected', optionId: 'allow' },
    }))
    .onNotification(acp.methods.client.session.update, ({ params }) => {
      updates.push(params.update);
      for (const watch of watchers) watch();
    })
    .connect(
      acp.ndJsonStream(
        Writable.toWeb(child.stdin) as WritableStream<Uint8Array>,
        Readable.toWeb(child.stdout) as ReadableStream<Uint8Array>,
      ),
    );
  const { agent } = connection;
  await agent.request(acp.methods.agent.initialize, {
    protocolVersion: acp.PROTOCOL_VERSION,
    clientCapabilities: {},
  });
  const mcpServers = choice.board === undefined ? [] : [choice.board.server];
  const { sessionId } = await agent.request(acp.methods.agent.session.new, { cwd: choice.cwd, mcpServers });
  const prompt = (text: string) =>
    agent.request(acp.methods.agent.session.prompt, { sessionId, prompt: [{ type: 'text', text }] });
  const seen = async (wanted: (update: acp.SessionUpdate) => boolean) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const watch = (): void => void (updates.some(wanted) && resolve());
    watchers.add(watch);
    watch();
    await promise;
  };
  const cancel = () => agent.notify(acp.methods.agent.session.cancel, { sessionId });
  const end = async () => {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
    return child.exitCode;
  };
  return { prompt, updates, seen, cancel, end, [Symbol.asyncDispose]: async () => void (await end()) };
}

/** A first prompt as the dispatcher writes it. */
export function brief(title: string): string {
  return `You are working on task t_0001 of a team's board.\n\n# ${title}\n\nSome text.\n\n# How to report\nUse the tools.`;
}

/** What the agent said, in one text. */
export function messages(updates: readonly acp.SessionUpdate[]): string {
  return updates
    .flatMap((update) =>
      update.sessionUpdate === 'agent_message_chunk' && update.content.type === 'text'
        ? [update.content.text]
        : [],
    )
    .join('');
}

/** The commands that ended well. */
export function commandsDone(updates: readonly acp.SessionUpdate[]): readonly string[] {
  const done = updates.flatMap((update) =>
    update.sessionUpdate === 'tool_call_update' && update.status === 'completed' ? [update.toolCallId] : [],
  );
  return updates.flatMap((update) =>
    update.sessionUpdate === 'tool_call' && update.kind === 'execute' && done.includes(update.toolCallId)
      ? [update.title]
      : [],
  );
}

/** Whether the project's own tests pass. */
export function testsPass(cwd: string): boolean {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...env } = process.env;
  return spawnSync(process.execPath, ['--test'], { cwd, env }).status === 0;
}
