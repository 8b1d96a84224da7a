import { MCP_SERVER_NAME } from '@quarterdeck/contract/agent-tools';
import { NO_USAGE } from '@quarterdeck/contract/usage';
import { z } from 'zod';
import type { AgentConnection } from '../acp/agent-connection.ts';
import { AGENT_METHOD, PROTOCOL_VERSION } from '../acp/agent-connection.ts';
import { CLIENT_CAPABILITIES } from '../acp/client-capabilities.ts';
import { changeUsage } from '../acp/reduce-usage.ts';
import { offersOf } from '../acp/session-offers.ts';
import { takeChoices } from '../acp/usage-state.ts';
import { type AuthMethod, authenticate, authMethodsOf, wantsSignIn } from './authenticate.ts';
import { chooseModel, wantedFrom } from './choose-model.ts';
import { inTime } from './in-time.ts';
import type { Recorder } from './recorder.ts';
import { SessionError } from './session-error.ts';
import type { HostSpec } from './spec.ts';

export interface SessionDeps {
  readonly connection: AgentConnection;
  readonly spec: HostSpec;
  readonly relayUrl: string;
  readonly recorder: Recorder;
  readonly agentPid: number;
  readonly initializeMs: number;
  /** On while the agent tells its past again: that is in the transcript of the earlier run. */
  readonly replay: { isOn: boolean };
}

/** The agent's session and whether it is the one the order names. */
export interface OpenedSession {
  readonly sessionId: string;
  readonly isResumed: boolean;
  /** Opens a fresh one in its place. */
  readonly openAfresh: () => Promise<string>;
}

const Initialized = z.object({
  agentInfo: z.object({ name: z.string(), version: z.string() }).nullish().catch(null),
  agentCapabilities: z
    .object({
      loadSession: z.boolean().nullish().catch(null),
      sessionCapabilities: z.object({ resume: z.unknown().optional() }).nullish().catch(null),
      mcpCapabilities: z.object({ http: z.boolean().nullish() }).nullish(),
    })
    .nullish()
    .catch(null),
  authMethods: z.unknown().optional(),
});
/** How an agent goes on with an earlier session: without telling it again, or with. */
type ResumeMethod = typeof AGENT_METHOD.resumeSession | typeof AGENT_METHOD.loadSession;

const choices = {
  configOptions: z.unknown().optional(),
  models: z.unknown().optional(),
  modes: z.unknown().optional(),
};
const SessionOptions = z.object(choices).nullish().catch(null);
const NewSession = z.object({ sessionId: z.string(), ...choices });

const NEW_SESSION_MS = 180_000;
const OPTION_MS = 60_000;
/** Of the journal's schema. */
const MAX_SESSION_ID = 400;

/**
 * Initialises the agent and opens its session with our tools and the profile's options: the earlier one that the order names when the
 * agent still has it, else a fresh one.
 */
export async function openSession(deps: SessionDeps): Promise<OpenedSession> {
  const { spec, recorder } = deps;
  const { hasMcp, resumeMethod, authMethods } = await initialize(deps);
  const { sessionMeta } = spec.profile;
  const place = {
    cwd: spec.workspacePath,
    mcpServers: hasMcp ? [ownMcpServer(deps)] : [],
    ...(Object.keys(sessionMeta).length > 0 && { _meta: sessionMeta }),
  };
  const resumed = resumeMethod === null ? null : await resumeSession(deps, resumeMethod, place);
  const fresh = () => signedIn(deps, authMethods, () => freshSession(deps, place));
  const settle = (session: Session, isResumed: boolean) =>
    takeSession(deps, session, { isResumed, canResume: resumeMethod !== null });
  const sessionId = await settle(resumed ?? (await fresh()), resumed !== null);
  const openAfresh = async (): Promise<string> => {
    recorder.apply((state, now) => changeUsage(state, (usage) => ({ ...usage, before: NO_USAGE }), now));
    return settle(await fresh(), false);
  };
  return { sessionId, isResumed: resumed !== null, openAfresh };
}

/** Sets the profile's options and the model in a session and writes down that it is the run's. */
async function takeSession(
  deps: SessionDeps,
  session: Session,
  { isResumed, canResume }: { readonly isResumed: boolean; readonly canResume: boolean },
): Promise<string> {
  const { spec, recorder } = deps;
  const { sessionId } = session;
  for (const option of spec.profile.options) await setOption(deps, sessionId, option);
  const says = await chooseModel(deps, session);
  recorder.apply((state, now) =>
    changeUsage(state, (usage) => takeChoices(usage, says, wantedFrom(spec)), now),
  );
  recorder.append({
    kind: 'session',
    agentSessionId: sessionId,
    canResume: canResume && sessionId.length <= MAX_SESSION_ID,
    isResumed,
    offers: offersOf(says),
  });
  return sessionId;
}

interface Place {
  readonly cwd: string;
  readonly mcpServers: readonly object[];
}
type Session = z.infer<typeof NewSession>;

/** Opens a session, after a sign-in when the agent asks for one that needs nobody. */
async function signedIn(
  deps: SessionDeps,
  methods: readonly AuthMethod[],
  open: () => Promise<Session>,
): Promise<Session> {
  try {
    return await open();
  } catch (error) {
    if (!wantsSignIn(error) || methods.length === 0) throw error;
    await authenticate(deps, methods);
    return open();
  }
}

async function freshSession({ connection }: SessionDeps, place: Place): Promise<Session> {
  const request = connection.request(AGENT_METHOD.newSession, place);
  const answer = await inTime(request, NEW_SESSION_MS, 'open a session');
  return understood(NewSession, answer, 'session/new');
}

/** Null when there is none to go on with, or the agent no longer has it: a fresh one then gets the whole brief. */
async function resumeSession(
  { connection, spec, recorder, replay }: SessionDeps,
  method: ResumeMethod,
  place: Place,
): Promise<Session | null> {
  const { resume } = spec.order;
  if (resume === null) return null;
  const sessionId = resume.agentSessionId;
  replay.isOn = true;
  try {
    const request = connection.request(method, { sessionId, ...place });
    const answer = await inTime(request, NEW_SESSION_MS, 'go on with its earlier session');
    recorder.apply((state, now) => changeUsage(state, (usage) => ({ ...usage, before: resume.spent }), now));
    return { sessionId, ...SessionOptions.parse(answer) };
  } catch (error) {
    if (connection.isOver()) throw error;
    recorder.notice(
      'note',
      'The agent no longer has its earlier session, so it starts a fresh one with everything it needs to know.',
    );
    recorder.log(`${method}: ${textOf(error)}`);
    return null;
  } finally {
    replay.isOn = false;
  }
}

async function initialize(deps: SessionDeps): Promise<{
  readonly hasMcp: boolean;
  readonly resumeMethod: ResumeMethod | null;
  readonly authMethods: readonly AuthMethod[];
}> {
  const { connection, spec, recorder, agentPid, initializeMs } = deps;
  const request = connection.request(AGENT_METHOD.initialize, {
    protocolVersion: PROTOCOL_VERSION,
    clientInfo: { name: 'quarterdeck', version: '0.1.0' },
    clientCapabilities: CLIENT_CAPABILITIES,
  });
  const { agentInfo, agentCapabilities, authMethods } = understood(
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
  return {
    hasMcp,
    resumeMethod: resumeMethodOf(agentCapabilities),
    authMethods: authMethodsOf(authMethods),
  };
}

function resumeMethodOf(capabilities: z.infer<typeof Initialized>['agentCapabilities']): ResumeMethod | null {
  if (capabilities?.sessionCapabilities?.resume) return AGENT_METHOD.resumeSession;
  return capabilities?.loadSession === true ? AGENT_METHOD.loadSession : null;
}

function ownMcpServer({ relayUrl, spec }: SessionDeps) {
  return {
    type: 'http',
    name: MCP_SERVER_NAME,
    url: relayUrl,
    headers: [{ name: 'Authorization', value: `Bearer ${spec.order.token}` }],
  };
}

/** They decide what a person is asked and what a run costs: an agent that does not take them does not start. */
const MUST_HOLD = new Set(['mode', 'model', 'effort']);

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
    if (!MUST_HOLD.has(id)) {
      recorder.notice('warning', `The agent did not accept the option ${id} = ${value}: ${textOf(error)}`);
      return;
    }
    const refuse = () => {
      const advice = 'Correct the options of its profile.';
      throw new SessionError(`The agent did not accept the ${id} ${value}: ${textOf(error)} ${advice}`, {
        cause: error,
      });
    };
    // Older agents have a method of its own for it.
    if (id !== 'mode') return refuse();
    await ask(AGENT_METHOD.setMode, { modeId: value }).catch(refuse);
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

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
