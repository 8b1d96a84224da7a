import { MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import { z } from 'zod';
import type { AgentConnection } from '../acp/agent-connection.ts';
import { AGENT_METHOD, PROTOCOL_VERSION } from '../acp/agent-connection.ts';
import { changeUsage } from '../acp/reduce-usage.ts';
import { takeModel } from '../acp/usage-state.ts';
import type { Recorder } from './recorder.ts';
import type { HostSpec } from './spec.ts';

/** Why no session could be opened; `message` is for a person. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
}

export interface SessionDeps {
  readonly connection: AgentConnection;
  readonly spec: HostSpec;
  readonly relayUrl: string;
  readonly recorder: Recorder;
  readonly agentPid: number;
  readonly initializeMs: number;
}

const Initialized = z.object({
  agentInfo: z.object({ name: z.string(), version: z.string() }).nullish().catch(null),
  agentCapabilities: z
    .object({ mcpCapabilities: z.object({ http: z.boolean().nullish() }).nullish() })
    .nullish()
    .catch(null),
});
const NewSession = z.object({ sessionId: z.string(), configOptions: z.unknown().optional() });

const NEW_SESSION_MS = 180_000;
const OPTION_MS = 60_000;

/** Initialises the agent and opens its session with our tools and the profile's options. Returns the agent's session id. */
export async function openSession(deps: SessionDeps): Promise<string> {
  const { connection, spec, recorder } = deps;
  const hasMcp = await initialize(deps);
  const answer = await inTime(
    connection.request(AGENT_METHOD.newSession, {
      cwd: spec.workspacePath,
      mcpServers: hasMcp ? [ownMcpServer(deps)] : [],
    }),
    NEW_SESSION_MS,
    'open a session',
  );
  const { sessionId, configOptions } = understood(NewSession, answer, 'session/new');
  recorder.apply((state, now) => changeUsage(state, (usage) => takeModel(usage, configOptions), now));
  for (const option of spec.profile.options) await setOption(deps, sessionId, option);
  return sessionId;
}

async function initialize(deps: SessionDeps): Promise<boolean> {
  const { connection, spec, recorder, agentPid, initializeMs } = deps;
  const request = connection.request(AGENT_METHOD.initialize, {
    protocolVersion: PROTOCOL_VERSION,
    clientInfo: { name: 'quarterdeck', version: '0.1.0' },
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
  });
  const { agentInfo, agentCapabilities } = understood(
    Initialized,
    await inTime(request, initializeMs, 'start'),
    'initialize',
  );
  const agentName = agentInfo?.name ?? spec.profile.name;
  recorder.append({ kind: 'started', pid: agentPid, agentName, agentVersion: agentInfo?.version ?? '' });
  const hasMcp = agentCapabilities?.mcpCapabilities?.http === true;
  if (!hasMcp) {
    recorder.notice(
      'warning',
      `${agentName} cannot use tools over HTTP, so it cannot report to the board. End its work by hand.`,
    );
  }
  return hasMcp;
}

function ownMcpServer({ relayUrl, spec }: SessionDeps) {
  return {
    type: 'http',
    name: MCP_SERVER_NAME,
    url: relayUrl,
    headers: [{ name: 'Authorization', value: `Bearer ${spec.order.token}` }],
  };
}

async function setOption(
  { connection, recorder }: SessionDeps,
  sessionId: string,
  { id, value }: { readonly id: string; readonly value: string },
): Promise<void> {
  const ask = (method: string, params: object) =>
    inTime(connection.request(method, { sessionId, ...params }), OPTION_MS, `set ${id} to ${value}`);
  try {
    await ask(AGENT_METHOD.setOption, { configId: id, value });
  } catch (error) {
    if (id !== 'mode') {
      recorder.notice('warning', `The agent did not accept the option ${id} = ${value}: ${textOf(error)}`);
      return;
    }
    // The mode decides what the agent asks permission for, so it must hold. Older agents have a method of its own.
    await ask(AGENT_METHOD.setMode, { modeId: value }).catch(() => {
      const advice = 'Correct the options of its profile.';
      throw new SessionError(`The agent did not accept the mode ${value}: ${textOf(error)} ${advice}`, {
        cause: error,
      });
    });
  }
}

function understood<T extends z.ZodType>(schema: T, answer: unknown, method: string): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new SessionError(
    `The agent answered ${method} with something that is not ACP version ${PROTOCOL_VERSION}.`,
    {
      cause: parsed.error,
    },
  );
}

async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const seconds = Math.round(ms / 1000);
  const late = new SessionError(
    `The agent did not ${what} within ${seconds} s. Look at its log, and try its command by hand.`,
  );
  const timer = setTimeout(() => reject(late), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
