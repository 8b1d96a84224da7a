import { randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import * as acp from '@agentclientprotocol/sdk';
import type { BoardTools } from './board-tools.ts';
import { openBoardTools } from './board-tools.ts';
import type { Progress } from './play-script.ts';
import type { DemoTurn } from './play-turn.ts';
import { playTurn } from './play-turn.ts';
import { readSpeed, type Stage } from './stage.ts';

interface Session {
  readonly id: string;
  readonly cwd: string;
  readonly board: BoardTools;
  progress: Progress | null;
  /** Ends the turn under way; null between turns. */
  stop: AbortController | null;
  callCount: number;
}

/** Speaks ACP on this process's stdin and stdout until the input ends. */
export async function runDemoAgent(env: NodeJS.ProcessEnv): Promise<void> {
  const sessions = new Map<string, Session>();
  const app = acp
    .agent({ name: 'quarterdeck-demo' })
    .onRequest(acp.methods.agent.initialize, () => ({
      protocolVersion: acp.PROTOCOL_VERSION,
      agentInfo: { name: 'quarterdeck-demo', title: 'Quarterdeck demo agent', version: '1.0.0' },
      agentCapabilities: { loadSession: false, mcpCapabilities: { http: true, sse: false } },
      authMethods: [],
    }))
    .onRequest(acp.methods.agent.session.new, ({ params }) => {
      const session = openSession(params);
      sessions.set(session.id, session);
      return { sessionId: session.id };
    })
    .onRequest(acp.methods.agent.session.prompt, ({ params, client, signal }) => {
      const session = sessions.get(params.sessionId);
      if (session === undefined) throw acp.RequestError.invalidParams({ sessionId: params.sessionId });
      return takePrompt({ session, client, env, prompt: params.prompt, signal });
    })
    .onNotification(acp.methods.agent.session.cancel, ({ params }) => {
      sessions.get(params.sessionId)?.stop?.abort();
    });
  const connection = app.connect(
    acp.ndJsonStream(
      Writable.toWeb(process.stdout) as WritableStream<Uint8Array>,
      Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>,
    ),
  );
  await connection.closed;
  for (const session of sessions.values()) {
    session.stop?.abort();
    await session.board.close();
  }
}

function openSession(request: acp.NewSessionRequest): Session {
  const board = openBoardTools(request.mcpServers);
  return { id: `demo-${randomUUID()}`, cwd: request.cwd, board, progress: null, stop: null, callCount: 0 };
}

interface PromptTurn {
  readonly session: Session;
  readonly client: acp.AgentContext;
  readonly env: NodeJS.ProcessEnv;
  readonly prompt: readonly acp.ContentBlock[];
  readonly signal: AbortSignal;
}

async function takePrompt(turn: PromptTurn): Promise<acp.PromptResponse> {
  const { session } = turn;
  if (session.stop !== null) throw acp.RequestError.invalidRequest({ reason: 'a turn is already under way' });
  const stop = new AbortController();
  session.stop = stop;
  try {
    const stage = openStage(turn, AbortSignal.any([stop.signal, turn.signal]));
    const onProgress = (progress: Progress): void => {
      session.progress = progress;
    };
    const text = textOf(turn.prompt);
    return { stopReason: await playUnlessCancelled(stage, { text, progress: session.progress, onProgress }) };
  } finally {
    session.stop = null;
  }
}

async function playUnlessCancelled(stage: Stage, turn: DemoTurn): Promise<acp.StopReason> {
  try {
    await playTurn(stage, turn);
    return 'end_turn';
  } catch (error) {
    if (stage.signal.aborted) return 'cancelled';
    throw error;
  }
}

function openStage({ session, client, env }: PromptTurn, signal: AbortSignal): Stage {
  const sessionId = session.id;
  return {
    cwd: session.cwd,
    speed: readSpeed(env['QUARTERDECK_DEMO_SPEED']),
    signal,
    board: session.board,
    env,
    show: (update) => client.notify(acp.methods.client.session.update, { sessionId, update }),
    ask: (toolCall) => askPermission({ client, sessionId, signal, toolCall }),
    nextId: (prefix) => `${prefix}-${++session.callCount}`,
  };
}

interface Question {
  readonly client: acp.AgentContext;
  readonly sessionId: string;
  readonly signal: AbortSignal;
  readonly toolCall: acp.ToolCallUpdate;
}

/** Whether the person allows it; a cancelled turn does not wait for the answer. */
async function askPermission({ client, sessionId, signal, toolCall }: Question): Promise<boolean> {
  const options: acp.PermissionOption[] = [
    { optionId: 'allow', kind: 'allow_once', name: 'Allow once' },
    { optionId: 'reject', kind: 'reject_once', name: 'Do not allow' },
  ];
  const cancelled = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const answer = client.request(acp.methods.client.session.requestPermission, {
    sessionId,
    toolCall,
    options,
  });
  const { outcome } = await Promise.race([answer, cancelled]);
  return outcome.outcome === 'selected' && outcome.optionId === 'allow';
}

function textOf(prompt: readonly acp.ContentBlock[]): string {
  return prompt.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
}
