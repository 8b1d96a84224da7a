import { setTimeout as wait } from 'node:timers/promises';
import type { CommandId } from '@quarterdeck/contract/ids';
import type { RunCommand } from '@quarterdeck/contract/runner-protocol';
import type { AgentConnection } from '../acp/agent-connection.ts';
import { connectAgent } from '../acp/agent-connection.ts';
import { clipEnd } from '../acp/clip.ts';
import { noteRetry } from '../acp/note-activity.ts';
import { withKnownReset } from '../acp/note-limit.ts';
import type { Failure } from '../acp/recognise-failure.ts';
import { recogniseFailure } from '../acp/recognise-failure.ts';
import { reduceTick, reduceTurnEnd, reduceUpdate } from '../acp/reduce-update.ts';
import { saidFailure } from '../failures/said-failure.ts';
import { askPerson } from './ask-person.ts';
import { carryOutCommand } from './carry-out-command.ts';
import { crashOf, startAdvice } from './explain-failure.ts';
import type { LaunchedAgent } from './launch-agent.ts';
import { openSession } from './open-session.ts';
import { TOO_MUCH_OUTPUT } from './output-allowance.ts';
import type { Permissions } from './permissions.ts';
import { trackPermissions } from './permissions.ts';
import type { Recorder } from './recorder.ts';
import type { Relay } from './relay.ts';
import { modelFailure } from './session-error.ts';
import type { SideChannel } from './side-channel.ts';
import { openSideChannel } from './side-channel.ts';
import type { HostSpec } from './spec.ts';
import type { Turns } from './turns.ts';
import { startTurns } from './turns.ts';

const TICK_MS = 500;
const STOP_MS = 2000;
/** So long an agent may take to ask for its tools before it gets its first prompt without them. */
const TOOLS_MS = 15_000;

export interface DriverDeps {
  readonly spec: HostSpec;
  /** Rejects when the agent could not be started. */
  readonly launched: Promise<LaunchedAgent>;
  readonly recorder: Recorder;
  readonly relay: Relay;
  readonly now: () => number;
  readonly initializeMs: number;
}

/** One agent to its confirmed death. */
export interface AgentDriver {
  readonly command: (commandId: CommandId, command: RunCommand) => void;
  /** Ends the agent because of something outside it. */
  readonly fail: (failure: Failure) => void;
  /** Resolves when `exited` is in the journal. */
  readonly done: Promise<void>;
}

interface Parts extends DriverDeps {
  readonly turns: Turns;
  readonly permissions: Permissions;
  /** Ends the run; the first call decides how. */
  readonly end: (failure: Failure | null) => void;
  readonly ended: Promise<Failure | null>;
}

/** Gives a started agent the order's prompt. Turns that end leave it waiting for commands. */
export function driveAgent(deps: DriverDeps): AgentDriver {
  const { recorder, relay, spec } = deps;
  const { promise: ended, resolve: end } = Promise.withResolvers<Failure | null>();
  const permissions = trackPermissions(recorder.append);
  let isFinishing = false;
  let wasWarned = false;
  const onTurnEnd = (stopReason: string): void => {
    const isMissingTools = stopReason === 'end_turn' && relay.requestCount() === 0;
    if (isMissingTools && !wasWarned) recorder.notice('warning', NO_TOOLS);
    wasWarned ||= isMissingTools;
    if (isFinishing) end(null);
  };
  // Who has reported may say whatever it likes.
  const judgeTurn = (stopReason: string): Failure | null =>
    isFinishing ? null : saidFailure({ stopReason, ...recorder.turnWork() }, deps.now());
  const onFailure = (failure: Failure): void => end(withKnownReset(failure, recorder.limitResetAt()));
  const turns = startTurns({ recorder, permissions, now: deps.now, judgeTurn, onTurnEnd, onFailure });
  turns.prompt({ itemId: 'prompt:start', author: 'Quarterdeck', text: spec.order.prompt });
  const parts = { ...deps, turns, permissions, end, ended };
  return {
    command: (commandId, command) => {
      if (command.kind === 'finish') isFinishing = true;
      carryOutCommand({ ...parts, end: () => end(null) }, commandId, command);
    },
    fail: end,
    done: live(parts),
  };
}

const NO_TOOLS =
  'The agent never asked for the tools of the board, so it could not report. Its MCP client may be switched off.';

async function live(parts: Parts): Promise<void> {
  const { recorder, ended } = parts;
  const ticking = setInterval(() => recorder.apply((state, now) => reduceTick(state, now)), TICK_MS);
  try {
    const running = await greet(parts);
    if (running === null) return;
    void watch(parts, running);
    void converse(parts, running);
    await windDown(parts, running, await ended);
  } finally {
    clearInterval(ticking);
  }
}

interface Running extends Omit<LaunchedAgent, 'notes'> {
  readonly connection: AgentConnection;
  readonly progress: { hasSession: boolean; hasWorked: boolean; sideChannel: SideChannel | null };
  readonly replay: { isOn: boolean };
}

async function greet(parts: Parts): Promise<Running | null> {
  const { spec, recorder, permissions, turns } = parts;
  try {
    const { agent, channel, notes } = await parts.launched;
    for (const note of notes) recorder.notice('warning', note);
    agent.readErrors((chunk) => {
      recorder.log(`stderr ${chunk}`);
      recorder.apply((state, now) => noteRetry(state, chunk.toString('utf8'), now));
    });
    const replay = { isOn: false };
    const progress: Running['progress'] = { hasSession: false, hasWorked: false, sideChannel: null };
    const connection = connectAgent(agent, {
      onUpdate: (update) => {
        if (replay.isOn) return;
        progress.hasWorked ||= isWork(update);
        takeUpdate(recorder, update);
      },
      onPermission: (request, signal) =>
        turns.isCancelled()
          ? Promise.resolve({ outcome: 'cancelled' })
          : askPerson({ spec, permissions, recorder }, request, signal),
    });
    return { agent, connection, channel, replay, progress };
  } catch (error) {
    recorder.append({
      kind: 'failure',
      hint: 'start_failed',
      message: startAdvice(spec, error),
      resetAt: null,
    });
    recorder.append({ kind: 'exited', code: null, signal: null, errorTail: null });
    return null;
  }
}

/** Notices when the agent dies or breaks the protocol. */
async function watch({ end, now }: Parts, { agent, connection, progress }: Running): Promise<void> {
  const broken = await Promise.race([connection.closed, agent.exited.then(() => null)]);
  if (broken !== null) return end({ hint: 'crashed', message: broken.message, resetAt: null });
  const exit = await Promise.race([agent.exited, wait(2000).then(() => null)]);
  // What it said last may still be in the pipe.
  await Promise.race([connection.closed, wait(500)]);
  end(crashOf(exit, agent.errorTail(), { isStarting: !progress.hasSession, now: now() }));
}

async function converse(parts: Parts, running: Running): Promise<void> {
  const { turns, end, relay, now } = parts;
  const { connection, agent, channel, progress, replay } = running;
  try {
    const { sessionId, isResumed, openAfresh } = await openSession({
      ...parts,
      connection,
      replay,
      relayUrl: relay.url,
      agentPid: agent.pid,
    });
    progress.hasSession = true;
    const openChannel = (id: string): void => {
      progress.sideChannel?.close();
      progress.sideChannel = channel && openSideChannel({ ...parts, sessionId: id }, channel);
    };
    openChannel(sessionId);
    // A model that does not see the board's tools in its first request takes it that there are none.
    if (parts.spec.profile.quirks.toolsAfterSession)
      await Promise.race([relay.toolsListed, wait(TOOLS_MS, null, { ref: false })]);
    if (!isResumed) return turns.begin({ connection, sessionId }, null);
    const replace = async (): Promise<string> => {
      const id = await openAfresh();
      openChannel(id);
      return id;
    };
    turns.begin(
      { connection, sessionId, openAfresh: () => (progress.hasWorked ? null : replace()) },
      parts.spec.order.resume?.prompt ?? null,
    );
  } catch (error) {
    if (!connection.isOver()) end(modelFailure(error) ?? recogniseFailure(error, 'start_failed', now()));
  }
}

async function windDown(parts: Parts, running: Running, failure: Failure | null): Promise<void> {
  const { recorder, turns, permissions } = parts;
  const { agent, connection, progress } = running;
  // It would go on pouring while it is asked to stop.
  if (failure === TOO_MUCH_OUTPUT) connection.close();
  if (!connection.isOver()) await turns.cancel(STOP_MS);
  progress.sideChannel?.close();
  permissions.withdrawAll('the agent was stopped');
  turns.abandon();
  recorder.apply((state, now) => reduceTurnEnd(state, true, now));
  if (failure !== null) recorder.append({ kind: 'failure', ...failure });
  const exit = await agent.end();
  connection.close();
  recorder.append({ kind: 'exited', ...exit, errorTail: agent.errorTail() });
}

/** Whether an update shows that the agent has taken up what it was asked. */
function isWork(update: unknown): boolean {
  const kind = (update as { readonly sessionUpdate?: unknown } | null)?.sessionUpdate;
  return typeof kind === 'string' && /^(agent_|tool_call|plan)/.test(kind);
}

function takeUpdate(recorder: Recorder, update: unknown): void {
  const isKnown = recorder.apply((state, now) => reduceUpdate(state, update, now));
  if (!isKnown) recorder.log(`update ${clipEnd(JSON.stringify(update) ?? '', 2000)}`);
}
